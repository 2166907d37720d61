package dev.trellis.scheduler.loop;

import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.EventSource;
import dev.trellis.scheduler.step.Input;
import dev.trellis.scheduler.step.LatticeCore;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One virtual thread that owns all that is known of a lattice, from lease to lease. */
final class LatticeLoop implements EventSource.Feed {
    private static final Logger log = LoggerFactory.getLogger(LatticeLoop.class);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

    private final LatticeName lattice;
    private final LatticeCore core;
    private final Mailbox mailbox;
    private final Effects effects;
    private final TurnHistory history;
    private final LatticeClock clock;
    private final Timer turns;
    private final Thread thread;
    private volatile Duration lag = Duration.ZERO;
    private volatile boolean stopped;

    LatticeLoop(
            LatticeName lattice,
            LatticeCore core,
            Mailbox mailbox,
            Effects effects,
            TurnHistory history,
            LatticeClock clock,
            Timer turns) {
        this.lattice = lattice;
        this.core = core;
        this.mailbox = mailbox;
        this.effects = effects;
        this.history = history;
        this.clock = clock;
        this.turns = turns;
        this.thread = Thread.ofVirtual().name("lattice-" + lattice).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Nothing is sent after this returns, but for what is already on its way. */
    void stop() {
        stopped = true;
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(2));
        } catch (InterruptedException again) {
            Thread.currentThread().interrupt();
        }
    }

    void answer(Input input) {
        mailbox.answer(input);
    }

    /** How far behind the server the event last taken was. */
    Duration lag() {
        return lag;
    }

    /** Asks the loop between two turns; empty when it stopped or took longer than a second. */
    <T> Optional<T> ask(Function<LatticeCore, T> question) {
        var answer = new CompletableFuture<T>();
        mailbox.question(known -> answer.complete(question.apply(known)));
        try {
            return Optional.of(answer.get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } catch (TimeoutException | ExecutionException late) {
            return Optional.empty();
        }
    }

    @Override
    public void event(LatticeEvent event, Instant serverTime) {
        mailbox.event(new Input.Event(event, serverTime));
    }

    @Override
    public void caughtUp() {
        mailbox.answer(new Input.EventsCaughtUp());
    }

    @Override
    public void disconnected() {
        mailbox.answer(new Input.Disconnected());
    }

    @Override
    public void reconnected() {
        mailbox.answer(new Input.Reconnected());
    }

    private void run() {
        while (!stopped) {
            try {
                turn();
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException wrong) {
                // Our own code is wrong: this turn is lost, the next one looks again.
                log.atError().addKeyValue("lattice", lattice).log("turn failed", wrong);
            }
        }
    }

    private void turn() throws InterruptedException {
        var mail = mailbox.take(untilNextWake());
        var inputs = new ArrayList<Input>(mail.size());
        var questions = new ArrayList<Mailbox.Mail.Question>();
        for (var one : mail) {
            switch (one) {
                case Mailbox.Mail.Event(var input) -> {
                    if (input instanceof Input.Event(_, var serverTime)) {
                        clock.seen(serverTime);
                        lag = clock.since(serverTime);
                    }
                    inputs.add(input);
                }
                case Mailbox.Mail.Answer(var input) -> inputs.add(input);
                case Mailbox.Mail.Question question -> questions.add(question);
            }
        }
        long begun = System.nanoTime();
        var now = clock.now();
        var todo = core.turn(inputs, now, mailbox.size() > 0);
        turns.record(System.nanoTime() - begun, TimeUnit.NANOSECONDS);
        if (!stopped) {
            inputs.forEach(effects::seen);
            todo.forEach(effects::perform);
            history.tell(todo, now);
        }
        questions.forEach(question -> question.ask().accept(core));
    }

    private Duration untilNextWake() {
        var next = core.nextWake();
        var now = clock.now();
        if (!next.isAfter(now)) {
            return Duration.ZERO;
        }
        var latest = now.plus(LONGEST_WAIT);
        return Duration.between(now, next.isBefore(latest) ? next : latest);
    }
}
