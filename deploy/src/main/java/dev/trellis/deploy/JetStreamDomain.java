package dev.trellis.deploy;

import io.nats.client.Connection;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValueOptions;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Puts a JetStream domain into every use of JetStream over a connection, so that no adapter has to
 * know of it.
 */
final class JetStreamDomain implements InvocationHandler {
    private final Connection nats;
    private final JetStreamOptions options;

    private JetStreamDomain(Connection nats, String domain) {
        this.nats = nats;
        this.options = JetStreamOptions.builder().domain(domain).build();
    }

    static Connection of(Connection nats, String domain) {
        return (Connection)
                Proxy.newProxyInstance(
                        Connection.class.getClassLoader(),
                        new Class<?>[] {Connection.class},
                        new JetStreamDomain(nats, domain));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments)
            throws Throwable {
        try {
            var given = arguments == null ? new Object[0] : arguments;
            return switch (method.getName()) {
                case "jetStream" -> nats.jetStream(within(given));
                case "jetStreamManagement" -> nats.jetStreamManagement(within(given));
                case "keyValue" -> nats.keyValue((String) given[0], buckets(given));
                case "keyValueManagement" -> nats.keyValueManagement(buckets(given));
                default -> method.invoke(nats, given);
            };
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause() == null ? thrown : thrown.getCause();
        }
    }

    private JetStreamOptions within(Object[] given) {
        return Arrays.stream(given)
                .filter(JetStreamOptions.class::isInstance)
                .map(JetStreamOptions.class::cast)
                .map(own -> JetStreamOptions.builder(own).prefix(options.getPrefix()).build())
                .findFirst()
                .orElse(options);
    }

    private KeyValueOptions buckets(Object[] given) {
        var own =
                Arrays.stream(given)
                        .filter(KeyValueOptions.class::isInstance)
                        .map(KeyValueOptions.class::cast)
                        .findFirst();
        var inner = own.map(o -> within(new Object[] {o.getJetStreamOptions()})).orElse(options);
        return KeyValueOptions.builder().jetStreamOptions(inner).build();
    }
}
