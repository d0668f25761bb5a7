package io.repertoire.customers.model;

import static org.assertj.core.api.Assertions.assertThat;

import io.repertoire.customers.InMemoryDirectory;
import io.repertoire.customers.Wash;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.AddLifecycleHook;

/** The machine, with its indexes, caches and shortcuts, against a model that has none; each failure prints its seed. */
@AddLifecycleHook(Wash.class)
class ModelProperties {

    @Property(tries = 2, seed = "20261123")
    void a_slow_model_agrees_on_thousands_of_rows(@ForAll long seed) {
        History.of(seed, 2_000, Limits.none(), 0, 0);
    }

    @Property(tries = 3, seed = "20260301")
    void a_slow_model_agrees_on_rows_sales_and_commands(@ForAll long seed) {
        History.of(seed, 2_000, Limits.none(), 20, 10);
    }

    @Property(tries = 1, seed = "20260302")
    void a_replay_of_rows_sales_and_commands_gives_the_same_ids_and_everything_else(@ForAll long seed) {
        History history = History.of(seed, 1_000, Limits.narrow(), 20, 10);
        var again = new InMemoryDirectory(History.machine(Limits.narrow()));
        for (History.Step step : history.steps()) {
            assertThat(again.apply(step.input())).isEqualTo(step.outputs());
        }
    }

    @Property(tries = 3, seed = "20261124")
    void a_slow_model_agrees_where_customers_and_identifiers_fill_up(@ForAll long seed) {
        History.of(seed, 1_000, Limits.narrow(), 0, 0);
    }

    @Property(tries = 3, seed = "20260303")
    void a_slow_model_agrees_on_commands_where_customers_and_identifiers_fill_up(@ForAll long seed) {
        History.of(seed, 1_000, Limits.narrow(), 20, 10);
    }
}
