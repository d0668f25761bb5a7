package io.repertoire.embedded.testing;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests and their constructors a {@link Servers}: the embedded ones, started for the first class that asks and stopped at
 * the end of the run.
 *
 * <pre>{@code
 * @ExtendWith(ServersExtension.class)
 * class SinkIT {
 *     SinkIT(Servers servers) { … }
 * }
 * }</pre>
 */
public class ServersExtension implements BeforeAllCallback, ParameterResolver {

    @Override
    public void beforeAll(ExtensionContext context) {
        servers(context);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Servers.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return servers(context);
    }

    /** Starts them; called once a run. */
    protected Servers open() {
        return LocalServers.start();
    }

    private Servers servers(ExtensionContext context) {
        return context.getRoot()
                .getStore(ExtensionContext.Namespace.create(ServersExtension.class))
                .getOrComputeIfAbsent(getClass(), type -> new Shared(open()), Shared.class)
                .servers();
    }

    private record Shared(Servers servers) implements AutoCloseable {
        @Override
        public void close() {
            servers.close();
        }
    }
}
