package dev.trellis.api;

import dev.trellis.api.ask.OwnerAsk;
import dev.trellis.api.gate.HttpGateAsker;
import dev.trellis.api.health.StartedCatalog;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.DeployListener;
import dev.trellis.api.store.ImportSettings;
import dev.trellis.api.store.KvBucket;
import dev.trellis.api.store.KvWantedStore;
import dev.trellis.api.store.LatticeRepository;
import dev.trellis.api.store.ManifestCodec;
import dev.trellis.api.store.Revisions;
import dev.trellis.api.store.RolloutRepository;
import dev.trellis.api.store.StoreSettings;
import dev.trellis.api.store.TrellisManifestCodec;
import dev.trellis.api.store.WadmImport;
import dev.trellis.scheduler.port.GateAsker;
import dev.trellis.scheduler.port.LatticeOwner;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.nats.client.Connection;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes the store's parts, which know no framework. */
@Factory
final class StoreBeans {
    @Singleton
    KvBucket bucket(Connection nats, StoreSettings settings) {
        return new KvBucket(nats, settings);
    }

    @Singleton
    ManifestCodec codec() {
        return new TrellisManifestCodec();
    }

    @Singleton
    Revisions revisions(KvBucket bucket, ManifestCodec codec) {
        return new Revisions(bucket, codec);
    }

    @Singleton
    @Bean(preDestroy = "close")
    AppCatalog catalog(KvBucket bucket, Revisions revisions, StartedCatalog started) {
        return started.is(AppCatalog.start(bucket, revisions));
    }

    @Singleton
    KvWantedStore wanted(KvBucket bucket, Revisions revisions, DeployListener listener) {
        return new KvWantedStore(bucket, revisions, listener);
    }

    @Singleton
    LatticeRepository lattices(KvBucket bucket) {
        return new LatticeRepository(bucket, InstantSource.system());
    }

    @Singleton
    GateAsker gates(GateSettings settings) {
        return new HttpGateAsker(settings);
    }

    @Singleton
    RolloutRepository rollouts(KvBucket bucket) {
        return new RolloutRepository(bucket);
    }

    @Singleton
    AppRepository apps(
            KvBucket bucket,
            Revisions revisions,
            AppCatalog catalog,
            ManifestCodec codec,
            StoreSettings settings,
            OwnerAsk owner,
            GateSettings gates,
            DeployListener listener) {
        return new AppRepository(
                bucket,
                revisions,
                catalog,
                codec,
                settings,
                gates.names(),
                InstantSource.system(),
                owner::running,
                listener);
    }

    @Singleton
    WadmImport imports(
            KvBucket bucket,
            Revisions revisions,
            AppRepository apps,
            AppCatalog catalog,
            ManifestCodec codec,
            Connection nats,
            ImportSettings settings,
            LatticeOwner owner) {
        return new WadmImport(
                bucket,
                revisions,
                apps,
                catalog,
                codec,
                nats,
                settings,
                owner::adoption,
                InstantSource.system());
    }
}
