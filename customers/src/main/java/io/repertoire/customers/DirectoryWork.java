package io.repertoire.customers;

import io.repertoire.customers.name.PersonNames;

/** The parts that carry out one input, all over one workspace. */
final class DirectoryWork {

    private static final int LAPSING_AT_ONCE = 50;

    final Workspace state;
    final PersonNames names;
    final Members members;
    final IdentifierIndex identifiers;
    final Customers customers;
    final Relations relations;
    final Reviews reviews;
    final Distinctions distinctions;
    final Merger merger;
    final ConsentBook consents;
    final Publisher publisher;

    DirectoryWork(Workspace state, PersonNames names) {
        this.state = state;
        this.names = names;
        members = new Members(state);
        identifiers = new IdentifierIndex(state, names);
        customers = new Customers(state, members, identifiers);
        relations = new Relations(state);
        reviews = new Reviews(state, members);
        distinctions = new Distinctions(state, members);
        merger = new Merger(state, members, customers, identifiers, relations, reviews);
        consents = new ConsentBook(state);
        publisher = new Publisher(state, members, consents);
    }

    /** A bounded piece of what is due by now. */
    void lapse() {
        if (new DueIndex(state).isDue(state.now())) {
            new DueIndex(state).take(state.now(), LAPSING_AT_ONCE, consents);
            publisher.publish("clock/" + state.now(), null, null);
        }
    }
}
