package io.repertoire.customers;

import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import net.jqwik.api.lifecycle.AroundTryHook;
import net.jqwik.api.lifecycle.PropagationMode;
import net.jqwik.api.lifecycle.TryExecutionResult;
import net.jqwik.api.lifecycle.TryExecutor;
import net.jqwik.api.lifecycle.TryLifecycleContext;

/**
 * For properties of one random history, whose only parameter is its seed. Their own seeds are fixed, so that a build that passed
 * passes again; {@code -Drepertoire.wash=500} has each try followed by so many histories more that nobody has seen. One that
 * fails says its seed.
 */
public final class Wash implements AroundTryHook {

    private static final int MORE = Integer.getInteger("repertoire.wash", 0);

    /** Else a hook of a class has nothing to do with its properties. */
    @Override
    public PropagationMode propagateTo() {
        return PropagationMode.ALL_DESCENDANTS;
    }

    @Override
    public TryExecutionResult aroundTry(TryLifecycleContext context, TryExecutor aTry, List<Object> parameters) {
        TryExecutionResult result = aTry.execute(parameters);
        int more = parameters.isEmpty() ? 0 : MORE;
        for (int i = 0; i < more && result.isSatisfied(); i++) {
            long seed = ThreadLocalRandom.current().nextLong();
            result = aTry.execute(List.of(seed));
            if (!result.isSatisfied()) {
                context.reporter()
                        .publishValue("failed with seed", context.targetMethod().getName() + "(" + seed + ")");
            }
        }
        return result;
    }
}
