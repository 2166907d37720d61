package dev.trellis.api.store;

import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.Connection;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** All of the store as one process has it, on a connection of its own. */
final class Store implements AutoCloseable {
    final Connection nats;
    final KvBucket bucket;
    final Revisions revisions;
    final AppCatalog catalog;
    final KvWantedStore wanted;
    final AppRepository apps;
    final LatticeRepository lattices;

    /** Versions that hosts are said to run; null: it can't be told. */
    volatile @Nullable Set<Integer> running = Set.of();

    Store(NatsServer server, ManifestCodec codec, StoreSettings settings) {
        nats = connect(server);
        bucket = new KvBucket(nats, settings);
        revisions = new Revisions(bucket, codec);
        catalog = AppCatalog.start(bucket, revisions);
        wanted = new KvWantedStore(bucket, revisions);
        lattices = new LatticeRepository(bucket, InstantSource.system());
        apps =
                new AppRepository(
                        bucket,
                        revisions,
                        catalog,
                        codec,
                        settings,
                        InstantSource.system(),
                        (_, _) -> Optional.ofNullable(running),
                        DeployListener.NONE);
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 20 s: " + what);
            }
            java.util.concurrent.locks.LockSupport.parkNanos(5_000_000);
        }
    }

    private static Connection connect(NatsServer server) {
        try {
            return Nats.connect(
                    Options.builder()
                            .server(server.url())
                            .maxReconnects(-1)
                            .reconnectWait(Duration.ofMillis(50))
                            .build());
        } catch (IOException failed) {
            throw new java.io.UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        catalog.close();
        try {
            nats.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
