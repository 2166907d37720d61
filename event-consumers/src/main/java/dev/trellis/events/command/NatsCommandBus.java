package dev.trellis.events.command;

import dev.trellis.events.connection.Requests;
import dev.trellis.events.wire.CommandEncoder;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.CommandBus;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;

/**
 * Commands over NATS requests. One thread sends, a bounded number is in flight; a command that has
 * had no answer for {@code slowAfter} gives its place to the next, so that hung hosts do not hold
 * up the others.
 */
public final class NatsCommandBus implements CommandBus, AutoCloseable {
    private final Requests requests;
    private final CommandSubjects subjects;
    private final CommandSettings settings;
    private final CommandMetrics metrics;
    private final Semaphore places;
    private final BlockingQueue<Outgoing> outgoing = new LinkedBlockingQueue<>();
    private final Thread sender;
    private volatile boolean closed;

    private record Outgoing(LatticeName lattice, Command command, Consumer<Answer> whenAnswered) {}

    /**
     * @param requests stays the caller's, who closes it after this
     */
    public NatsCommandBus(Requests requests, CommandSettings settings, MeterRegistry meters) {
        this.requests = requests;
        this.settings = settings;
        this.subjects = new CommandSubjects(settings);
        this.metrics = new CommandMetrics(meters);
        this.places = new Semaphore(settings.inFlight());
        this.sender = Thread.ofVirtual().name("commands").start(this::run);
    }

    @Override
    public void send(LatticeName lattice, Command command, Consumer<Answer> whenAnswered) {
        outgoing.add(new Outgoing(lattice, command, whenAnswered));
        if (closed) {
            answerUnsent();
        }
    }

    /** What was not sent yet is not sent any more, and counts as unanswered. */
    @Override
    public void close() {
        closed = true;
        sender.interrupt();
        answerUnsent();
    }

    private void run() {
        try {
            while (!closed) {
                // The place first: what waits for one is still in the queue when this closes.
                var permit = Permit.acquire(places);
                transmit(outgoing.take(), permit);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void transmit(Outgoing next, Permit permit) {
        long began = System.nanoTime();
        String subject;
        byte[] payload;
        try {
            subject = subjects.of(next.lattice(), next.command());
            payload = CommandEncoder.encode(next.command());
        } catch (IllegalArgumentException | UncheckedIOException unusable) {
            permit.release();
            answer(next, new Answer.Refused(String.valueOf(unusable.getMessage())), began);
            return;
        }
        requests.after(settings.slowAfter(), permit::release);
        requests.send(
                subject,
                payload,
                settings.timeout(),
                outcome -> {
                    permit.release();
                    answer(next, Answers.of(outcome), began);
                });
    }

    private void answer(Outgoing to, Answer answer, long began) {
        metrics.answered(to.command(), answer, Duration.ofNanos(System.nanoTime() - began));
        to.whenAnswered().accept(answer);
    }

    private void answerUnsent() {
        for (var next = outgoing.poll(); next != null; next = outgoing.poll()) {
            answer(next, new Answer.Unanswered(), System.nanoTime());
        }
    }
}
