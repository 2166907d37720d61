package dev.trellis.scheduler.loop;

import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.EventSource;
import dev.trellis.scheduler.step.Effect;
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

    /** A loop whose turns fail so often in a row is begun anew, from the store and the stream. */
    private static final int MOST_FAILURES = 10;

    /** Turns cheaper than this follow each other at once. */
    private static final Duration CHEAP = Duration.ofMillis(2);

    /** The longest that what comes in is left to gather. */
    private static final Duration LONGEST_PAUSE = Duration.ofMillis(100);

    private final LatticeName lattice;
    private final LatticeCore core;
    private final Mailbox mailbox;
    private final Effects effects;
    private final TurnHistory history;
    private final LatticeClock clock;
    private final Timer turns;
    private final Thread thread;
    private Duration pause = Duration.ZERO;
    private volatile Duration lag = Duration.ZERO;
    private volatile boolean stopped;
    private volatile long cameRound = System.nanoTime();

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

    /** Whether it ended though nobody stopped it. */
    boolean isDead() {
        return !stopped && thread.getState() == Thread.State.TERMINATED;
    }

    /** How long ago it last came round; it does so at least once a second. */
    Duration silence() {
        return Duration.ofNanos(System.nanoTime() - cameRound);
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
        int failures = 0;
        while (!stopped && failures < MOST_FAILURES) {
            try {
                turn();
                failures = 0;
            } catch (InterruptedException stop) {
                return;
            } catch (RuntimeException wrong) {
                // Our own code is wrong: this turn is lost, the next one looks again.
                failures++;
                log.atError().addKeyValue("lattice", lattice).log("turn failed", wrong);
            }
        }
    }

    private void turn() throws InterruptedException {
        cameRound = System.nanoTime();
        var mail = mailbox.take(untilNextWake(), pause);
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
        var took = Duration.ofNanos(System.nanoTime() - begun);
        turns.record(took);
        pause = pauseAfter(took);
        if (!stopped) {
            inputs.forEach(effects::seen);
            todo.forEach(this::perform);
            history.tell(todo, now);
        }
        questions.forEach(question -> question.ask().accept(core));
    }

    /** One that fails keeps none of the others back: they count as sent already. */
    private void perform(Effect effect) {
        try {
            effects.perform(effect);
        } catch (RuntimeException wrong) {
            log.atError()
                    .addKeyValue("lattice", lattice)
                    .addKeyValue("effect", effect.getClass().getSimpleName())
                    .log("effect failed", wrong);
        }
    }

    /**
     * A turn looks at whole apps, so one for ten events costs as much as one for a thousand. After
     * a turn of 30 ms what comes in gathers for 30 ms; the threads that bring it need the time.
     */
    static Duration pauseAfter(Duration turn) {
        if (turn.compareTo(CHEAP) < 0) {
            return Duration.ZERO;
        }
        return turn.compareTo(LONGEST_PAUSE) < 0 ? turn : LONGEST_PAUSE;
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
