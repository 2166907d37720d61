package dev.trellis.api.store;

import dev.trellis.scheduler.port.EventSource;
import dev.trellis.scheduler.port.StoreUnavailableException;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows keys of the bucket until closed, on one virtual thread that makes every call. After an
 * error, a new connection or a new bucket of the same name it starts again: what did not change is
 * not told again, and what vanished meanwhile is told as gone.
 */
final class BucketWatch implements EventSource.Subscription {
    private static final Logger log = LoggerFactory.getLogger(BucketWatch.class);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration AGAIN = Duration.ofMillis(200);

    /** Is told, one call at a time. */
    interface Listener {
        void put(KvBucket.Entry entry);

        void gone(String key);

        /** All that was stored has been told; called once. */
        void caughtUp();
    }

    private sealed interface Item {
        record Changed(KeyValueEntry entry) implements Item {}

        record Complete() implements Item {}
    }

    private final KvBucket bucket;
    private final List<String> filters;
    private final Listener listener;
    private final Map<String, Long> known = new HashMap<>();
    private final Thread thread;
    private boolean toldCaughtUp;
    private volatile KvBucket.Epoch lastEpoch = new KvBucket.Epoch("", -1);
    private volatile boolean current;
    private volatile long reached;
    private volatile boolean closed;

    private BucketWatch(KvBucket bucket, List<String> filters, Listener listener) {
        this.bucket = bucket;
        this.filters = List.copyOf(filters);
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("bucket-watch").unstarted(this::run);
    }

    /** One consumer for each filter: a server of 2.9 refuses several filters on one. */
    static BucketWatch start(KvBucket bucket, List<String> filters, Listener listener) {
        var watch = new BucketWatch(bucket, filters, listener);
        watch.thread.start();
        return watch;
    }

    /** Whether all that is stored is known, as far as can be told. */
    boolean current() {
        return current;
    }

    /** The highest revision that was told, in this life of the bucket. */
    long reached() {
        return reached;
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        if (Thread.currentThread() != thread) {
            try {
                thread.join();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        while (!closed) {
            try {
                follow();
            } catch (StoreUnavailableException unavailable) {
                log.atWarn()
                        .addKeyValue("reason", unavailable.getMessage())
                        .log("watch of the bucket starts again");
                pause();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return;
            } finally {
                current = false;
            }
        }
    }

    private void follow() throws InterruptedException {
        var epoch = bucket.epoch();
        boolean sameBucket = epoch.created().equals(lastEpoch.created());
        if (!sameBucket) {
            reached = 0;
        }
        lastEpoch = epoch;
        var items = new LinkedBlockingQueue<Item>();
        var open = new ArrayList<NatsKeyValueWatchSubscription>();
        try {
            for (var filter : filters) {
                open.add(bucket.watch(filter, feeding(items)));
            }
            drain(items, epoch, sameBucket);
        } finally {
            open.forEach(NatsKeyValueWatchSubscription::unsubscribe);
        }
    }

    private void drain(BlockingQueue<Item> items, KvBucket.Epoch epoch, boolean sameBucket)
            throws InterruptedException {
        var seen = new HashSet<String>();
        int incomplete = filters.size();
        long looked = System.nanoTime();
        while (!closed) {
            var item = items.poll(LOOK.toMillis(), TimeUnit.MILLISECONDS);
            switch (item) {
                case Item.Changed(var entry) -> {
                    if (incomplete > 0) {
                        seen.add(entry.getKey());
                    }
                    apply(entry, sameBucket || incomplete == 0);
                    reached = Math.max(reached, entry.getRevision());
                }
                case Item.Complete() -> {
                    if (--incomplete == 0) {
                        complete(seen);
                    }
                }
                case null -> {}
            }
            if (System.nanoTime() - looked >= LOOK.toNanos()) {
                if (!bucket.epoch().equals(epoch)) {
                    return;
                }
                looked = System.nanoTime();
            }
        }
    }

    private void apply(KeyValueEntry entry, boolean revisionsGrow) {
        var key = entry.getKey();
        if (entry.getOperation() != KeyValueOperation.PUT) {
            forget(key);
            return;
        }
        // a bucket made anew counts from 1 again, so there an equal number says nothing
        Long before = known.put(key, entry.getRevision());
        if (revisionsGrow && before != null && before >= entry.getRevision()) {
            known.put(key, before);
            return;
        }
        var value = entry.getValue();
        listener.put(
                new KvBucket.Entry(key, value == null ? new byte[0] : value, entry.getRevision()));
    }

    private void complete(Set<String> seen) {
        for (var key : List.copyOf(known.keySet())) {
            if (!seen.contains(key)) {
                forget(key);
            }
        }
        current = true;
        if (!toldCaughtUp) {
            toldCaughtUp = true;
            listener.caughtUp();
        }
    }

    private void forget(String key) {
        if (known.remove(key) != null) {
            listener.gone(key);
        }
    }

    private void pause() {
        try {
            Thread.sleep(AGAIN);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static KeyValueWatcher feeding(BlockingQueue<Item> items) {
        return new KeyValueWatcher() {
            @Override
            public void watch(KeyValueEntry entry) {
                items.add(new Item.Changed(entry));
            }

            @Override
            public void endOfData() {
                items.add(new Item.Complete());
            }
        };
    }
}
