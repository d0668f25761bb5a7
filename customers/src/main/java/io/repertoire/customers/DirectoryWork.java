package io.repertoire.customers;

import io.repertoire.customers.name.PersonNames;

/** The parts that carry out one input, all over one workspace. */
final class DirectoryWork {

    final Workspace state;
    final PersonNames names;
    final Members members;
    final IdentifierIndex identifiers;
    final Customers customers;
    final Relations relations;
    final Reviews reviews;
    final Distinctions distinctions;
    final Merger merger;
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
        publisher = new Publisher(state, members, identifiers);
    }
}
