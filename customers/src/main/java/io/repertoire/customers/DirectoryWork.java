package io.repertoire.customers;

import io.repertoire.customers.identity.Identifier;
import io.repertoire.customers.name.PersonNames;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts that carry out one input, all over one workspace. */
final class DirectoryWork {

    private static final int LAPSING_AT_ONCE = 50;

    final Workspace state;
    final CustomerNormaliser normaliser;
    final PersonNames names;
    /** Whether a rule may make two customers one; joining one is not meant (P9). */
    final boolean mayMerge;

    final Members members;
    final IdentifierIndex identifiers;
    final Customers customers;
    final Relations relations;
    final Reviews reviews;
    final Distinctions distinctions;
    final Merger merger;
    final ConsentBook consents;
    final Suppression suppression;
    final Publisher publisher;
    final MovedSales sales;
    final UndoLog undo;

    DirectoryWork(Workspace state, PersonNames names, CustomerNormaliser normaliser) {
        this(state, names, normaliser, true, UndoLog.none(state));
    }

    DirectoryWork(
            Workspace state, PersonNames allNames, CustomerNormaliser normaliser, boolean mayMerge, UndoLog undo) {
        this.undo = undo;
        this.state = state;
        this.normaliser = normaliser;
        this.names = state.policy().match().nicknames() ? allNames : allNames.formal();
        this.mayMerge = mayMerge;
        members = new Members(state);
        identifiers = new IdentifierIndex(state, names, undo);
        customers = new Customers(state, members, identifiers, undo);
        relations = new Relations(state);
        reviews = new Reviews(state, members);
        distinctions = new Distinctions(state, members);
        merger = new Merger(state, members, customers, identifiers, relations, reviews);
        consents = new ConsentBook(state, undo.importId());
        suppression = new Suppression(state, normaliser.version());
        publisher = new Publisher(state, members, consents);
        sales = new MovedSales(state, members);
    }

    /** A bounded piece of what is due by now. */
    void lapse() {
        if (new DueIndex(state).isDue(state.now())) {
            new DueIndex(state).take(state.now(), LAPSING_AT_ONCE, consents);
            publish("clock/" + state.now(), null, null);
        }
    }

    /**
     * Sends what the input led to: images, then the questions and the sales that hang on them.
     *
     * @param cause the submission, event, command or job it all follows from
     * @param importId the import that is of
     * @param evidence of the change events
     */
    void publish(String cause, @Nullable String importId, @Nullable String evidence) {
        List<Identifier> cards = identifiers.newCards();
        if (!cards.isEmpty()) {
            Awaited.cardsArrived(this, cards);
        }
        publisher.publish(cause, importId, evidence);
        reviews.publish();
        sales.publish();
    }
}
