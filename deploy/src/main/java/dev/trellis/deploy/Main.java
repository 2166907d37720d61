package dev.trellis.deploy;

import java.net.BindException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/**
 * Starts Trellis. Ends with status 2 when the settings are at fault, 1 when the world is: at the
 * start, or when something that it can't do without is lost for good.
 */
public final class Main {
    private Main() {}

    /**
     * Runs until stopped by a signal.
     *
     * @param arguments settings, as {@code --trellis.nats.url=nats://host:4222}
     */
    public static void main(String[] arguments) throws InterruptedException {
        Trellis trellis;
        try {
            trellis = Trellis.start(arguments);
        } catch (RuntimeException failed) {
            System.err.println(sentence(failed));
            System.exit(cause(failed, InvalidSettingsException.class).isPresent() ? 2 : 1);
            return;
        }
        // For making a start cache: load what a start loads, and end in good order.
        if (trellis.flag("trellis.exit-after-start")) {
            trellis.close();
            return;
        }
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(
                                () -> {
                                    trellis.close();
                                    stopped.countDown();
                                },
                                "stop"));
        // On a thread of its own: the exit waits for the hook, and the hook for who cut it.
        var _ = trellis.whenCut().thenAccept(_ -> new Thread(() -> System.exit(1), "cut").start());
        stopped.await();
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
