package dev.trellis.api.store;

import static dev.trellis.api.store.Samples.DOCUMENT;
import static dev.trellis.api.store.Samples.LATTICE;
import static dev.trellis.api.store.Samples.SHOP;
import static dev.trellis.api.store.Samples.app;
import static dev.trellis.api.store.Store.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.wanted.AppRecord.Version;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Versions: kept apart, kept as long as they are of use, and trimmed after that. */
final class VersionsIT {
    private static final StoreSettings THREE =
            new StoreSettings(Optional.empty(), 1, 3, Duration.ofSeconds(5));

    private final NatsServer server = NatsServer.start();
    private final Store store = new Store(server, new TrellisManifestCodec(), THREE);

    @BeforeEach
    void start() {
        await("caught up", () -> store.catalog.current());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private PutResult put(Store in, LatticeName lattice, String name, String version, int n) {
        return in.apps.put(lattice, app(name, version, n), DOCUMENT, Precondition.NONE, "alice");
    }

    private void put(int n) {
        assertThat(put(store, LATTICE, "shop", "v" + n, n)).isInstanceOf(PutResult.Created.class);
    }

    private List<Version> versions() {
        return store.apps.find(LATTICE, SHOP).orElseThrow().record().versions();
    }

    @Test
    @DisplayName("C27: after two thousand deploys the next one works, and a hundred are kept")
    void twoThousandDeploysAreNotTooMany() {
        try (var many = new Store(server, new TrellisManifestCodec(), StoreSettings.DEFAULTS)) {
            await("caught up", () -> many.catalog.current());
            for (int n = 1; n <= 2001; n++) {
                assertThat(put(many, LATTICE, "shop", "v" + n, n % 1000))
                        .isInstanceOf(PutResult.Created.class);
                assertThat(
                                many.apps.deploy(
                                        LATTICE,
                                        SHOP,
                                        Optional.of("v" + n),
                                        false,
                                        Precondition.NONE))
                        .isInstanceOf(ChangeResult.Done.class);
            }
        }
        assertThat(versions()).hasSizeBetween(100, 101);
        assertThat(versions().getLast().version()).isEqualTo("v2001");
        assertThat(store.apps.revision(LATTICE, SHOP, 1)).isEmpty();
        assertThat(store.apps.revision(LATTICE, SHOP, 2001)).isPresent();
    }

    @Test
    void aVersionThatAHostRunsIsNotTrimmed() {
        store.running = Set.of(2);
        for (int n = 1; n <= 8; n++) {
            put(n);
        }
        assertThat(versions()).extracting(Version::n).containsExactly(2, 6, 7, 8);
        assertThat(store.apps.revision(LATTICE, SHOP, 2)).isPresent();
        store.running = Set.of();
        put(9);
        assertThat(versions()).extracting(Version::n).containsExactly(7, 8, 9);
    }

    @Test
    void nothingIsTrimmedWhileItIsNotKnownWhatRuns() {
        store.running = null;
        for (int n = 1; n <= 8; n++) {
            put(n);
        }
        assertThat(versions()).hasSize(8);
    }

    @Test
    void eachVersionSaysWhoWhenAndWhat() {
        put(1);
        put(2);
        assertThat(versions()).extracting(Version::by).containsOnly("alice");
        assertThat(versions()).extracting(Version::hash).doesNotHaveDuplicates();
        assertThat(versions()).extracting(Version::at).isSorted().doesNotContainNull();
    }

    @Test
    @DisplayName("C11: apps whose lattice and name come to the same with a dash are two records")
    void aDashInANameMixesNothingUp() {
        assertThat(put(store, new LatticeName("a"), "b-c", "v1", 1))
                .isInstanceOf(PutResult.Created.class);
        assertThat(put(store, new LatticeName("a-b"), "c", "v1", 2))
                .isInstanceOf(PutResult.Created.class);
        var one = store.apps.find(new LatticeName("a"), new AppName("b-c")).orElseThrow();
        var two = store.apps.find(new LatticeName("a-b"), new AppName("c")).orElseThrow();
        assertThat(one.record().uid()).isNotEqualTo(two.record().uid());
        assertThat(one.record().latest().hash()).isNotEqualTo(two.record().latest().hash());
    }

    @Test
    @DisplayName("C12: of two first puts at once that may only create, one wins")
    void ofTwoFirstPutsOneWins() throws Exception {
        var createOnly = new Precondition(Optional.empty(), false, true);
        var calls = new ArrayList<Callable<PutResult>>();
        for (int i = 0; i < 10; i++) {
            var manifest = app("shop", "v1", i + 1);
            calls.add(() -> store.apps.put(LATTICE, manifest, DOCUMENT, createOnly, "me"));
            calls.add(() -> store.apps.put(LATTICE, manifest, DOCUMENT, Precondition.NONE, "me"));
        }
        int created = 0;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(calls)) {
                created += future.get() instanceof PutResult.Created ? 1 : 0;
            }
        }
        assertThat(created).isEqualTo(1);
        assertThat(versions()).hasSize(1);
    }

    @Test
    @DisplayName("A51: fifty puts at once to different apps of a lattice are all listed")
    void fiftyPutsAtOnceAreAllListed() throws Exception {
        var calls = new ArrayList<Callable<PutResult>>();
        for (int i = 0; i < 50; i++) {
            var name = "app-" + i;
            calls.add(() -> put(store, LATTICE, name, "v1", 1));
        }
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var future : threads.invokeAll(calls)) {
                assertThat(future.get()).isInstanceOf(PutResult.Created.class);
            }
        }
        await("all listed", () -> store.catalog.apps(LATTICE).size() == 50);
    }

    @Test
    @DisplayName(
            "A42, A43: after all versions are deleted the name is free, deleting again is none")
    void aDeletedAppCanBePutAgain() {
        put(1);
        put(2);
        assertThat(store.apps.delete(LATTICE, SHOP, Optional.empty(), Precondition.NONE))
                .isInstanceOf(ChangeResult.Deleted.class);
        assertThat(store.apps.delete(LATTICE, SHOP, Optional.empty(), Precondition.NONE))
                .isEqualTo(new ChangeResult.NoApp());
        put(1);
        assertThat(versions()).hasSize(1);
    }

    @Test
    @DisplayName("A45, C31: equal content under a version is no new one, other content is refused")
    void aVersionIsStoredOnce() {
        put(1);
        assertThat(put(store, LATTICE, "shop", "v1", 1)).isInstanceOf(PutResult.Unchanged.class);
        assertThat(put(store, LATTICE, "shop", "v1", 2))
                .isEqualTo(new PutResult.VersionExists("v1"));
        var unnamed = app("shop", Optional.empty(), 5, Optional.empty());
        var other = app("shop", Optional.empty(), 6, Optional.empty());
        for (var manifest : List.of(unnamed, other)) {
            assertThat(store.apps.put(LATTICE, manifest, DOCUMENT, Precondition.NONE, "me"))
                    .isInstanceOf(PutResult.Created.class);
        }
        assertThat(versions().subList(1, 3)).extracting(Version::version).isSorted();
        assertThat(versions()).hasSize(3);
    }
}
