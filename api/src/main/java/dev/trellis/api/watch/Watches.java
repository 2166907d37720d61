package dev.trellis.api.watch;

import dev.trellis.api.ApiSettings;
import dev.trellis.api.history.HistoryFollower;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.wadm.StatusCache;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.reactivestreams.Publisher;

/** The watches that are open in this process. */
@Singleton
public final class Watches implements AutoCloseable {
    private final HistoryFollower history;
    private final ApiSettings settings;
    private final Set<Watch> open = ConcurrentHashMap.newKeySet();

    Watches(
            HistoryFollower history,
            StatusCache statuses,
            AppCatalog catalog,
            ApiSettings settings,
            MeterRegistry meters) {
        this.history = history;
        this.settings = settings;
        statuses.whenChanged(this::changed);
        catalog.whenChanged(this::changed);
        Gauge.builder("trellis.watches", open, Set::size)
                .description("watches that are open")
                .register(meters);
    }

    /**
     * A watch that begins when it is subscribed to, and ends with the subscription.
     *
     * @param after the id of the last event that the client has; empty: from now on
     * @return empty when as many are open as may be
     */
    public Optional<Publisher<byte[]>> watch(
            Subject subject, Statuses statuses, OptionalLong after) {
        if (open.size() >= settings.maxWatches()) {
            return Optional.empty();
        }
        return Optional.of(client -> {
            var watch = new Watch(subject, statuses, client, open::remove);
            open.add(watch);
            client.onSubscribe(watch);
            watch.start(history, after);
        });
    }

    private void changed(LatticeName lattice, AppName app) {
        for (var watch : open) {
            watch.look(lattice, app);
        }
    }

    @Override
    @PreDestroy
    public void close() {
        open.forEach(Watch::end);
    }
}
