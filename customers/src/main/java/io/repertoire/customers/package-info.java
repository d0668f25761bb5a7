/**
 * The domain, as a pure state machine: {@link io.repertoire.customers.DirectoryMachine} is given one input and the state of a
 * directory, and answers with what changes there and what is sent. No Kafka, no SQL, no clock of its own, no I/O. Everything in this
 * package works on one input's {@code Workspace}; the packages below it are functions of what they are given and know nothing of it.
 * Where things are:
 *
 * <ul>
 *   <li>the machine: {@code Input}, {@code RuledDirectoryMachine} (who handles which input), {@code StateTable}, {@code DirectoryView},
 *       {@code Workspace} with {@code StateEdits} (one input's work), {@code DirectoryWork} (the parts that work on it),
 *       {@code Decision}, {@code StateChange}, {@code Output}; {@code Ids};
 *   <li>a row or an event: {@code SubmissionHandler}, then {@code SubmissionCheck}, {@code SubmissionKey}, {@code NewRecord} or
 *       {@code KnownRecord}, {@code Placement}, {@code Outcome}; refusals: {@code ProblemCode}, {@code Rejections},
 *       {@code SourceSystems};
 *   <li>whose a record is: {@code Matcher} with {@code MatchFacts}, {@code Match}, {@code IdentifierIndex}, {@code SharedIdentifiers},
 *       {@code CustomerLimits}, {@code IdentityRule}; and the package {@code identity};
 *   <li>customers: {@code Customers} (membership), {@code Members}, {@code HeldNames}, {@code Merger}, {@code Relations},
 *       {@code Distinctions}; questions for people: {@code Reviews}, {@code ReviewList};
 *   <li>what is sent of them: {@code Publisher}, {@code ChangeEvents}, {@code MarketingProjection}; computed anew with another policy:
 *       {@code Recompute}, {@code PolicyFingerprint}; and the package {@code golden};
 *   <li>sales: {@code SaleHandler}, {@code SaleDetails}, {@code SaleChain}, {@code SaleMoves}, {@code MovedSales}, {@code Awaited};
 *   <li>consent: {@code ConsentBook}, {@code Denials}, {@code ConsentStatements}; erasure: {@code EraseCommand}, {@code ErasureSteps},
 *       {@code Suppression};
 *   <li>imports: {@code ImportLedger}, {@code ImportKind}, {@code ImportEnds}, {@code LastImport}; dry runs: {@code Overlay}, {@code DryRuns}; undo:
 *       {@code UndoLog} writes it down, {@code UndoCommand} and {@code ImportUndo} take it back, with {@code UndoneChanges},
 *       {@code UndoneRecords} and {@code WithdrawnRecords}, {@code UndoExpiry} forgets it
 *       ({@code UndoPolicy}); {@code RecordCopy};
 *   <li>commands: {@code CommandHandler}, {@code Target} and {@code SourceReferences} (whom one is about), {@code Answer},
 *       {@code CommandCode}, {@code CommandArguments}; {@code BackOffice} with {@code StewardRecord}, {@code MergeCommands}, {@code ReviewCommands},
 *       {@code ConsentCommands}, {@code LifeCycle};
 *   <li>what takes long or is due later: {@code Jobs}, {@code MergeAll}, {@code DueIndex};
 *   <li>what may be configured: the package {@code policy}; what records are known by without being told: the package {@code keys};
 *       cells and contact points: {@code CustomerNormaliser} and the packages {@code normalise}, {@code contact}, {@code name} and
 *       {@code text}.
 * </ul>
 */
@NullMarked
package io.repertoire.customers;

import org.jspecify.annotations.NullMarked;
