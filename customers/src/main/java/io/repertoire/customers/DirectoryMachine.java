package io.repertoire.customers;

import io.repertoire.customers.name.PersonNames;
import io.repertoire.customers.policy.DirectoryPolicy;
import java.util.function.Function;

/**
 * The heart: {@code (state of the directory, input) -> (changes to the state, outputs)}. Pure and deterministic: all it knows
 * comes from its arguments, time included (receipt times are fields of the input). One directory's inputs must be applied one
 * after the other; different directories may be applied at the same time from different threads.
 */
public interface DirectoryMachine {

    /**
     * @param view the state before this input; never written to
     * @throws RuntimeException only for a bug: every input that can be decoded has an answer
     */
    Decision apply(Input input, DirectoryView view);

    /**
     * The machine with every rule of the directory.
     *
     * @param policies the policy of a directory, by its id; asked once per input, so it must be cheap, and the same for the same
     *     id as long as the machine lives
     */
    static DirectoryMachine create(CustomerNormaliser normaliser, Function<String, DirectoryPolicy> policies) {
        return new RuledDirectoryMachine(normaliser, PersonNames.standard(), policies);
    }
}
