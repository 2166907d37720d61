package dev.trellis.api.watch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.history.HistoryFollower;
import dev.trellis.api.history.HistoryReader.Numbered;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client that watches, on two virtual threads: one follows the history, the other writes. What
 * the client does not take waits: entries in the stream, statuses as a set of names, each of which
 * is read when it can be written. So a slow client costs no memory, and only ever misses statuses
 * that are no longer true.
 */
final class Watch implements HistoryFollower.Listener, Subscription {
    private static final Logger log = LoggerFactory.getLogger(Watch.class);
    private static final Duration COMMENT = Duration.ofSeconds(15);
    private static final Duration UNANSWERED = Duration.ofSeconds(2);
    private static final int WAITING = 16;
    private static final long UNBOUNDED = 1_000_000;

    private sealed interface Item {
        record Entry(String event, Numbered entry) implements Item {}

        record Reset() implements Item {}

        /** Some status may have changed. */
        record Look() implements Item {}
    }

    private final Subject subject;
    private final Statuses statuses;
    private final Subscriber<? super byte[]> client;
    private final Consumer<Watch> whenOver;
    private final AtomicBoolean over = new AtomicBoolean();
    private final BlockingQueue<Item> waiting = new ArrayBlockingQueue<>(WAITING);
    private final Set<AppName> dirty = new ConcurrentSkipListSet<>();
    private final Map<AppName, String> shown = new HashMap<>();
    private final CountDownLatch following = new CountDownLatch(1);
    private final Semaphore demand = new Semaphore(0);
    private volatile boolean unbounded;
    private long written = System.nanoTime();
    private volatile Thread writer = Thread.ofVirtual().unstarted(() -> {});
    private volatile Thread follower = Thread.ofVirtual().unstarted(() -> {});

    /**
     * Waits to be started.
     *
     * @param whenOver called once, when the client is gone or was told that it is over
     */
    Watch(
            Subject subject,
            Statuses statuses,
            Subscriber<? super byte[]> client,
            Consumer<Watch> whenOver) {
        this.subject = subject;
        this.statuses = statuses;
        this.client = client;
        this.whenOver = whenOver;
    }

    @Override
    public void request(long frames) {
        if (frames >= UNBOUNDED) {
            unbounded = true;
            demand.release();
        } else {
            demand.release((int) frames);
        }
    }

    /** The client is gone. */
    @Override
    public void cancel() {
        if (over.compareAndSet(false, true)) {
            whenOver.accept(this);
            writer.interrupt();
            follower.interrupt();
        }
    }

    void start(HistoryFollower history, OptionalLong after) {
        writer = Thread.ofVirtual().name("watch-write").start(this::write);
        follower =
                Thread.ofVirtual()
                        .name("watch-follow")
                        .start(() -> history.follow(subject.lattice(), subject.app(), after, this));
    }

    /** An app may have changed: it is looked at again when the client can take it. */
    void look(LatticeName lattice, AppName app) {
        if (subject.covers(lattice, app)) {
            dirty.add(app);
            var _ = waiting.offer(new Item.Look()); // where it is full, the writer looks anyway
        }
    }

    @Override
    public void following() {
        following.countDown();
    }

    @Override
    public void entry(Numbered entry) throws InterruptedException {
        var kind = entry.json().path("kind").asText();
        var event = kind.equals("rollout") || kind.equals("command") ? kind : "event";
        waiting.put(new Item.Entry(event, entry));
    }

    @Override
    public void reset() throws InterruptedException {
        waiting.put(new Item.Reset());
    }

    /** Tells the client that it is over; it may watch elsewhere. */
    void end() {
        if (!over.get()) {
            cancel();
            client.onComplete();
        }
    }

    private void write() {
        try {
            // what happens after the first status is seen must come; a history that is away waits
            var _ = following.await(UNANSWERED.toMillis(), TimeUnit.MILLISECONDS);
            dirty.addAll(subject.app().map(Set::of).orElseGet(() -> Set.copyOf(statuses.apps())));
            while (!over.get()) {
                boolean unanswered = writeStatuses();
                var item = next(unanswered);
                switch (item) {
                    case Item.Entry(var event, var entry) ->
                            send(
                                    Frames.event(
                                            event,
                                            OptionalLong.of(entry.sequence()),
                                            entry.json()));
                    case Item.Reset() ->
                            send(Frames.event("reset", OptionalLong.empty(), Json.object()));
                    case Item.Look() -> {}
                    case null -> {}
                }
                if (!sinceWritten().minus(COMMENT).isNegative()) {
                    send(Frames.comment());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            log.atWarn()
                    .addKeyValue("lattice", subject.lattice())
                    .setCause(failed)
                    .log("watch ended");
            end();
        }
    }

    private @Nullable Item next(boolean unanswered) throws InterruptedException {
        long quiet = COMMENT.minus(sinceWritten()).toMillis();
        return waiting.poll(
                unanswered ? Math.min(UNANSWERED.toMillis(), quiet) : quiet, TimeUnit.MILLISECONDS);
    }

    private Duration sinceWritten() {
        return Duration.ofNanos(System.nanoTime() - written);
    }

    /** Whether some could not be read. */
    private boolean writeStatuses() throws InterruptedException {
        boolean unanswered = false;
        for (var app : Set.copyOf(dirty)) {
            dirty.remove(app);
            switch (statuses.of(app)) {
                case Statuses.Seen.Status(var json) -> show(app, json);
                case Statuses.Seen.NoSuchApp() -> {
                    if (shown.remove(app) != null) {
                        send(status(Json.object().put("name", app.value()).put("deleted", true)));
                    }
                }
                case Statuses.Seen.Unknown() -> {
                    dirty.add(app);
                    unanswered = true;
                }
            }
        }
        return unanswered;
    }

    private void show(AppName app, ObjectNode json) throws InterruptedException {
        var text = Json.text(json);
        if (!text.equals(shown.put(app, text))) {
            send(status(json));
        }
    }

    private static byte[] status(ObjectNode json) {
        return Frames.event("status", OptionalLong.empty(), json);
    }

    private void send(byte[] frame) throws InterruptedException {
        if (!unbounded) {
            demand.acquire();
        }
        client.onNext(frame);
        written = System.nanoTime();
    }
}
