package dev.trellis.api.wadm;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.api.Lifeline;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.InUse;
import dev.trellis.api.store.KvBucket;
import dev.trellis.api.store.Revisions;
import dev.trellis.api.store.StoreSettings;
import dev.trellis.api.store.TrellisManifestCodec;
import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** One process's wadm API with the store behind it, on a connection of its own. */
final class Replica implements AutoCloseable {
    static final WadmSettings QUICK =
            new WadmSettings(
                    Optional.empty(),
                    "wadm.api",
                    false,
                    1,
                    64,
                    4096,
                    Duration.ofMillis(200),
                    Duration.ofMillis(50),
                    Duration.ofMillis(500));

    final Connection nats;
    final AppCatalog catalog;
    final AppRepository apps;
    final WadmPresence presence;
    final StatusCache cache;
    final WadmStatusPublisher publisher;
    final ManifestEvents events;
    final Lifeline lifeline = new Lifeline();
    final WadmApi api;
    private WadmStatusPublisher late;

    Replica(NatsServer server) {
        this(server, QUICK);
    }

    Replica(NatsServer server, WadmSettings settings) {
        this(connect(server.url()), settings);
    }

    Replica(Connection nats, WadmSettings settings) {
        this.nats = nats;
        var plain = StoreSettings.DEFAULTS;
        var store =
                new StoreSettings(
                        settings.account(),
                        plain.replicas(),
                        plain.versionsKept(),
                        plain.timeout());
        var bucket = new KvBucket(nats, store);
        var codec = new TrellisManifestCodec();
        var revisions = new Revisions(bucket, codec);
        catalog = AppCatalog.start(bucket, revisions);
        presence = new WadmPresence(nats, settings);
        events = new ManifestEvents(nats, settings, presence, () -> late);
        apps =
                new AppRepository(
                        bucket,
                        revisions,
                        catalog,
                        codec,
                        store,
                        InstantSource.system(),
                        InUse.UNKNOWN,
                        events);
        var stream = new StatusStream(nats, settings);
        cache = new StatusCache(stream, nats);
        publisher = new WadmStatusPublisher(stream, cache, catalog, this::apps, nats, presence);
        late = publisher;
        var operations = new ModelOperations(apps, catalog, new AppStatuses(cache), events);
        api =
                new WadmApi(
                        nats,
                        settings,
                        presence,
                        catalog,
                        events,
                        new ModelApi(operations, settings),
                        lifeline);
    }

    private AppRepository apps() {
        return apps;
    }

    /** The same once it serves. */
    @CanIgnoreReturnValue
    Replica serving() {
        await("serves: " + api.why(), api::serves);
        return this;
    }

    static Connection connect(String url) {
        try {
            return Nats.connect(
                    Options.builder()
                            .server(url)
                            .maxReconnects(-1)
                            .reconnectWait(Duration.ofMillis(50))
                            .build());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 30 s: " + what);
            }
            LockSupport.parkNanos(2_000_000);
        }
    }

    @Override
    public void close() {
        api.close();
        events.close();
        publisher.close();
        cache.close();
        presence.close();
        catalog.close();
        try {
            nats.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
