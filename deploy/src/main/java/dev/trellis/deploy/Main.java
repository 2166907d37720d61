package dev.trellis.deploy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.net.BindException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** Starts Trellis. Ends with status 2 when the settings are at fault, 1 when the world is. */
public final class Main {
    private Main() {}

    /**
     * Runs until stopped by a signal.
     *
     * @param arguments settings, as {@code --trellis.nats.url=nats://host:4222}
     */
    public static void main(String[] arguments) throws InterruptedException {
        ApplicationContext context;
        try {
            context = start(arguments);
        } catch (RuntimeException failed) {
            System.err.println(sentence(failed));
            System.exit(cause(failed, InvalidSettingsException.class).isPresent() ? 2 : 1);
            return;
        }
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    context.close();
                                    stopped.countDown();
                                },
                                "stop"));
        stopped.await();
    }

    /** Starts a Trellis in this JVM; closing the context stops it in order. */
    static ApplicationContext start(String... arguments) {
        // Micronaut's own launcher prints a stack trace where a person needs one sentence.
        var context =
                ApplicationContext.builder()
                        .args(arguments)
                        .mainClass(Main.class)
                        .deduceEnvironment(false)
                        .deduceCloudEnvironment(false)
                        .banner(false)
                        .build();
        try {
            context.start().getBean(EmbeddedServer.class).start();
            return context;
        } catch (RuntimeException failed) {
            context.close();
            throw failed;
        }
    }

    private static String sentence(RuntimeException failed) {
        var settings = cause(failed, InvalidSettingsException.class);
        if (settings.isPresent()) {
            return "Trellis can't start with these settings: " + settings.get().getMessage();
        }
        var taken = cause(failed, BindException.class);
        if (taken.isPresent()) {
            return "Trellis can't listen on its HTTP address ("
                    + taken.get().getMessage()
                    + "): choose another port with --trellis.http.port";
        }
        return "Trellis can't start: " + causes(failed).reduce((_, last) -> last).orElse(failed);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable failed, Class<T> type) {
        return causes(failed).filter(type::isInstance).map(type::cast).findFirst();
    }

    private static Stream<Throwable> causes(Throwable failed) {
        return Stream.iterate(
                        Optional.of(failed), Optional::isPresent, c -> c.map(Throwable::getCause))
                .limit(20)
                .flatMap(Optional::stream);
    }
}
