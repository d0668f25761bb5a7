/**
 * The domain, as a pure state machine: {@link io.repertoire.customers.DirectoryMachine} is given one input and the state of a
 * directory, and answers with what changes there and what is sent. No Kafka, no SQL, no clock of its own, no I/O. Everything in this
 * package works on one input's {@code Workspace}; the packages below it are functions of what they are given and know nothing of it.
 * Where things are:
 *
 * <ul>
 *   <li>the machine: {@code Input}, {@code RuledDirectoryMachine} (who handles which input), {@code StateTable}, {@code DirectoryView},
 *       {@code Workspace}, {@code StateEdits} and {@code DirectoryWork} (the parts that work on one input), {@code Decision}, {@code Output};
 *   <li>a row or an event: {@code SubmissionHandler}, then {@code SubmissionCheck}, {@code NewRecord} or {@code KnownRecord},
 *       {@code Placement}; refusals: {@code ProblemCode}, {@code Rejections};
 *   <li>whose a record is: {@code Matcher}, {@code IdentifierIndex}, {@code CustomerLimits}, {@code IdentityRule}; and the package
 *       {@code identity};
 *   <li>customers: {@code Customers} (membership), {@code Members}, {@code Merger}, {@code Relations}, {@code Distinctions};
 *       questions for people: {@code Reviews};
 *   <li>what is sent of them: {@code Publisher}, {@code ChangeEvents}, {@code MarketingProjection}, {@code Recompute}; and the package
 *       {@code golden};
 *   <li>sales: {@code SaleHandler}, {@code SaleDetails}, {@code SaleChain}, {@code SaleMoves}, {@code Awaited};
 *   <li>consent: {@code ConsentBook}, {@code ConsentStatements}; erasure: {@code EraseCommand}, {@code Suppression};
 *   <li>imports: {@code ImportLedger}, {@code ImportKind}; dry runs: {@code Overlay}, {@code DryRuns}; undo: {@code UndoLog} writes it
 *       down, {@code UndoCommand} and {@code ImportUndo} take it back, with {@code UndoneChanges} and {@code UndoneRecords};
 *   <li>commands: {@code CommandHandler}, {@code Answer}, {@code CommandCode}; {@code BackOffice}, {@code MergeCommands},
 *       {@code ReviewCommands}, {@code ConsentCommands}, {@code LifeCycle};
 *   <li>what takes long or is due later: {@code Jobs}, {@code DueIndex};
 *   <li>what may be configured: the package {@code policy}; what source records are known by: {@code SubmissionKey} and the package
 *       {@code keys}; cells and contact points: {@code CustomerNormaliser} and the packages {@code normalise}, {@code contact},
 *       {@code name} and {@code text}.
 * </ul>
 */
@NullMarked
package io.repertoire.customers;

import org.jspecify.annotations.NullMarked;
