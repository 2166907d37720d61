package dev.trellis.api.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.StoreUnavailableException;
import dev.trellis.scheduler.wanted.LatticeLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All apps of all lattices as the watched bucket has them, in memory: for lists and summaries. It
 * follows the bucket by milliseconds; what must be exact reads the bucket.
 */
public final class AppCatalog implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(AppCatalog.class);
    private static final Duration FRESH_WITHIN = Duration.ofSeconds(1);
    private static final Duration LOOK = Duration.ofMillis(1);

    private final Map<LatticeName, ConcurrentNavigableMap<AppName, StoredApp>> apps =
            new ConcurrentHashMap<>();
    private final Map<LatticeName, LatticeLimits> limits = new ConcurrentHashMap<>();
    private final KvBucket bucket;
    private final Set<LatticeName> marked = ConcurrentHashMap.newKeySet();
    private final List<BiConsumer<LatticeName, AppName>> whenChanged = new CopyOnWriteArrayList<>();
    private final CountDownLatch first = new CountDownLatch(1);
    private final Revisions revisions;
    private final BucketWatch watch;
    private volatile boolean caughtUp;

    private AppCatalog(KvBucket bucket, Revisions revisions) {
        this.bucket = bucket;
        this.revisions = revisions;
        this.watch = BucketWatch.start(bucket, List.of("app.>", "limits.>", "host.>"), new Feed());
    }

    /** Starts following; empty until it has caught up. */
    public static AppCatalog start(KvBucket bucket, Revisions revisions) {
        return new AppCatalog(bucket, revisions);
    }

    /** Whether all that is stored is here, as far as can be told. */
    public boolean current() {
        return caughtUp && watch.current();
    }

    /**
     * Waits until every change of an app that was acknowledged before this call is here, by
     * whichever process it was made.
     *
     * @return false when the store does not answer, or it took more than a second; what is here
     *     then is as new as is known
     */
    @CanIgnoreReturnValue // what is here is the best there is, either way
    public boolean refresh() {
        long end = System.nanoTime() + FRESH_WITHIN.toNanos();
        try {
            long last = bucket.lastRevision("app.>");
            while (watch.reached() < last) {
                if (System.nanoTime() > end || Thread.interrupted()) {
                    return false;
                }
                LockSupport.parkNanos(LOOK.toNanos());
            }
            return true;
        } catch (StoreUnavailableException away) {
            log.atDebug().setCause(away).log("not known whether the catalog is fresh");
            return false;
        }
    }

    /**
     * Waits until all that was stored at the start is here.
     *
     * @return false when it isn't after {@code longest}: the store is away
     */
    public boolean awaitCurrent(Duration longest) {
        try {
            return first.await(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs {@code told} whenever a record of an app changed or went; it must not wait. */
    public void whenChanged(BiConsumer<LatticeName, AppName> told) {
        whenChanged.add(told);
    }

    private void changed(LatticeName lattice, AppName app) {
        whenChanged.forEach(told -> told.accept(lattice, app));
    }

    /** By name. */
    public List<StoredApp> apps(LatticeName lattice) {
        var found = apps.get(lattice);
        return found == null ? List.of() : List.copyOf(found.values());
    }

    public Optional<StoredApp> app(LatticeName lattice, AppName app) {
        var found = apps.get(lattice);
        return found == null ? Optional.empty() : Optional.ofNullable(found.get(app));
    }

    /** Lattices that something stored names. */
    public SortedSet<LatticeName> lattices() {
        var names = new TreeSet<>(limits.keySet());
        names.addAll(marked);
        apps.forEach((lattice, found) -> {
            if (!found.isEmpty()) {
                names.add(lattice);
            }
        });
        return names;
    }

    /** {@link LatticeLimits#NONE} where none are stored. */
    public LatticeLimits limits(LatticeName lattice) {
        return limits.getOrDefault(lattice, LatticeLimits.NONE);
    }

    @Override
    public void close() {
        watch.close();
    }

    private final class Feed implements BucketWatch.Listener {
        @Override
        public void put(KvBucket.Entry entry) {
            try {
                Keys.parse(entry.key()).ifPresent(key -> take(key, entry));
            } catch (RuntimeException foreign) {
                // one value that is not ours must not hide the others
                log.atError().addKeyValue("key", entry.key()).setCause(foreign).log("unreadable");
            }
        }

        private void take(Keys.Parsed key, KvBucket.Entry entry) {
            switch (key) {
                case Keys.Parsed.App(var lattice, var app) -> {
                    var stored = AppJson.read(lattice, app, entry);
                    revisions.agreeWith(stored.record());
                    apps.computeIfAbsent(lattice, _ -> new ConcurrentSkipListMap<>())
                            .put(app, stored);
                    changed(lattice, app);
                }
                case Keys.Parsed.Limits(var lattice) ->
                        limits.put(lattice, LimitsJson.read(entry.value()));
                case Keys.Parsed.Host(var lattice, _) -> marked.add(lattice);
                case Keys.Parsed.OwnedBy _, Keys.Parsed.RolloutOf _, Keys.Parsed.ApprovalOf _ -> {}
            }
        }

        @Override
        public void gone(String key) {
            switch (Keys.parse(key).orElse(null)) {
                case Keys.Parsed.App(var lattice, var app) -> {
                    var found = apps.get(lattice);
                    if (found != null) {
                        found.remove(app);
                    }
                    changed(lattice, app);
                }
                case Keys.Parsed.Limits(var lattice) -> limits.remove(lattice);
                case Keys.Parsed.OwnedBy _,
                        Keys.Parsed.Host _,
                        Keys.Parsed.RolloutOf _,
                        Keys.Parsed.ApprovalOf _ -> {}
                case null -> {}
            }
        }

        @Override
        public void caughtUp() {
            caughtUp = true;
            first.countDown();
        }
    }
}
