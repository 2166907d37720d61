package dev.trellis.deploy;

import dev.trellis.api.Lifeline;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running Trellis. Up: the settings, then NATS for as long as it takes, then all that works on
 * it, HTTP last. Down the other way round: not ready, loops and consumers, leases, HTTP, the
 * connections.
 */
final class Trellis implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Trellis.class);

    private final ApplicationContext context;
    private final NatsConnections nats;
    private final URI address;

    private Trellis(ApplicationContext context, NatsConnections nats, URI address) {
        this.context = context;
        this.nats = nats;
        this.address = address;
    }

    /**
     * Starts and returns when it listens.
     *
     * @param arguments settings, as {@code --trellis.nats.url=nats://host:4222}
     * @throws InvalidSettingsException when a setting can't be used
     * @throws InterruptedException when interrupted while NATS is awaited
     */
    static Trellis start(String... arguments) throws InterruptedException {
        // Micronaut's own launcher prints a stack trace where a person needs one sentence.
        var context =
                ApplicationContext.builder()
                        .args(arguments)
                        .mainClass(Main.class)
                        .deduceEnvironment(false)
                        .deduceCloudEnvironment(false)
                        .banner(false)
                        .build();
        var environment = context.getEnvironment().start();
        var settings = new SettingsBinder(environment);
        var nats =
                new NatsConnections(
                        settings.bind("trellis.nats", NatsSettings.class, NatsSettings.DEFAULTS));
        try {
            if (!nats.tryOpen()) {
                var host = environment.getRequiredProperty("micronaut.server.host", String.class);
                int port = environment.getRequiredProperty("micronaut.server.port", Integer.class);
                try (var room = new WaitingRoom(host, port, "waiting for " + nats.display())) {
                    LOG.atInfo().addKeyValue("port", room.port()).log("answering health only");
                    nats.awaitOpen();
                }
            }
            LOG.atInfo().addKeyValue("url", nats.display()).log("nats connected");
            context.registerSingleton(SettingsBinder.class, settings);
            context.registerSingleton(NatsConnections.class, nats);
            var server = context.start().getBean(EmbeddedServer.class).start();
            var address = server.getURI();
            // Read by scripts and local runs: the port may have been chosen by the system.
            LOG.atInfo().addKeyValue("address", address).log("listening");
            return new Trellis(context, nats, address);
        } catch (RuntimeException | InterruptedException failed) {
            nats.close();
            context.close();
            throw failed;
        }
    }

    /** Where it listens. */
    URI address() {
        return address;
    }

    /** Completes with the reason when it can't go on, nor come back by itself. */
    CompletionStage<String> whenCut() {
        return context.getBean(Lifeline.class).whenCut();
    }

    /** A setting by its name, or what is given. */
    boolean flag(String name) {
        return context.getProperty(name, Boolean.class).orElse(false);
    }

    @Override
    public void close() {
        context.close();
        nats.close();
        LOG.info("stopped");
    }
}
