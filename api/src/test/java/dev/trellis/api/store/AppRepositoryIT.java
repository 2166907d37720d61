package dev.trellis.api.store;

import static dev.trellis.api.store.Samples.DOCUMENT;
import static dev.trellis.api.store.Samples.LATTICE;
import static dev.trellis.api.store.Samples.SHOP;
import static dev.trellis.api.store.Samples.app;
import static dev.trellis.api.store.Store.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.AppName;
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
import org.junit.jupiter.api.Test;

final class AppRepositoryIT {
    private static final StoreSettings FEW =
            new StoreSettings(Optional.empty(), 1, 3, Duration.ofSeconds(2));

    private static final StoreSettings MANY =
            new StoreSettings(Optional.empty(), 1, 100, Duration.ofSeconds(5));

    private final RememberingCodec codec = new RememberingCodec();
    private final NatsServer server = NatsServer.start();
    private final Store store = new Store(server, codec, FEW);

    @BeforeEach
    void start() {
        await("caught up", () -> store.catalog.current());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void equalContentUnderOneVersionIsStoredOnce() {
        assertThat(put("v1", 1)).isInstanceOf(PutResult.Created.class);

        assertThat(put("v1", 1)).isInstanceOf(PutResult.Unchanged.class);
        assertThat(put("v1", 2)).isEqualTo(new PutResult.VersionExists("v1"));
        assertThat(versions()).containsExactly("v1");
    }

    @Test
    void withoutAVersionOneIsMadeUnlessItEqualsTheLatest() {
        var unnamed = app("shop", Optional.empty(), 1, Optional.empty());

        var first = put(unnamed);
        var again = put(unnamed);
        var other = put(app("shop", Optional.empty(), 2, Optional.empty()));

        assertThat(first).isInstanceOf(PutResult.Created.class);
        assertThat(again).isInstanceOf(PutResult.Unchanged.class);
        assertThat(other).isInstanceOf(PutResult.Created.class);
        assertThat(versions()).hasSize(2).isSorted();
        assertThat(store.apps.revision(LATTICE, SHOP, 1).orElseThrow().manifest().version())
                .contains(versions().getFirst());
    }

    @Test
    void twoProcessesThatPutAtOnceLoseNothing() throws Exception {
        try (var first = new Store(server, codec, MANY);
                var second = new Store(server, codec, MANY);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls = new ArrayList<Callable<PutResult>>();
            for (int i = 0; i < 20; i++) {
                var apps = i % 2 == 0 ? first.apps : second.apps;
                var manifest = app("shop", "v" + i, i);
                calls.add(() -> apps.put(LATTICE, manifest, DOCUMENT, Precondition.NONE, "me"));
            }
            for (var future : threads.invokeAll(calls)) {
                assertThat(future.get()).isInstanceOf(PutResult.Created.class);
            }
        }

        var stored = store.apps.find(LATTICE, SHOP).orElseThrow();
        assertThat(stored.record().versions()).extracting(Version::version).hasSize(20);
        assertThat(stored.record().versions())
                .extracting(Version::n)
                .isSorted()
                .doesNotHaveDuplicates();
        for (var version : stored.record().versions()) {
            assertThat(store.apps.revision(LATTICE, SHOP, version.n()).orElseThrow().version())
                    .isEqualTo(version.version());
        }
    }

    @Test
    void aPreconditionThatFailsChangesNothing() {
        var notThere = new Precondition(Optional.of(Set.of(7L)), false, false);
        var createOnly = new Precondition(Optional.empty(), false, true);
        assertThat(store.apps.put(LATTICE, app("shop", "v1", 1), DOCUMENT, notThere, "me"))
                .isEqualTo(new PutResult.PreconditionFailed());
        assertThat(store.apps.put(LATTICE, app("shop", "v1", 1), DOCUMENT, createOnly, "me"))
                .isInstanceOf(PutResult.Created.class);

        assertThat(store.apps.put(LATTICE, app("shop", "v2", 1), DOCUMENT, createOnly, "me"))
                .isEqualTo(new PutResult.PreconditionFailed());
        assertThat(store.apps.deploy(LATTICE, SHOP, Optional.empty(), false, notThere))
                .isEqualTo(new ChangeResult.PreconditionFailed());
        assertThat(versions()).containsExactly("v1");
    }

    @Test
    void aDeployOfWhatIsDeployedWritesNothing() {
        keep(put("v1", 1));
        var first = (ChangeResult.Done) deploy("shop", "v1");
        var second = (ChangeResult.Done) deploy("shop", "latest");

        assertThat(first.changed()).isTrue();
        assertThat(second.changed()).isFalse();
        assertThat(second.app().record().revision()).isEqualTo(first.app().record().revision());
    }

    @Test
    void anotherAppsIdIsClaimed() {
        keep(put(app("shop", Optional.of("v1"), 1, Optional.of("same"))));
        keep(put(app("blog", Optional.of("v1"), 1, Optional.of("same"))));
        keep(deploy("shop", "v1"));
        await("seen", () -> deployedInCatalog(SHOP));

        assertThat(deploy("blog", "v1")).isEqualTo(new ChangeResult.Claimed("shop", "id same"));
        keep(store.apps.undeploy(LATTICE, SHOP, Precondition.NONE));
        await("seen", () -> !deployedInCatalog(SHOP));
        assertThat(deploy("blog", "v1")).isInstanceOf(ChangeResult.Done.class);
    }

    @Test
    void deletingTheDeployedVersionUndeploys() {
        keep(put("v1", 1));
        keep(put("v2", 2));
        keep(deploy("shop", "v1"));

        var deleted = (ChangeResult.Deleted) delete(Optional.of("v1"));

        assertThat(deleted.undeployed()).isTrue();
        assertThat(deleted.left().orElseThrow().record().deployed()).isEmpty();
        assertThat(store.apps.revision(LATTICE, SHOP, 1)).isEmpty();
    }

    @Test
    void deletingTheLastVersionDeletesTheAppAndItsNameIsFree() {
        keep(put("v1", 1));

        var deleted = (ChangeResult.Deleted) delete(Optional.of("v1"));

        assertThat(deleted.left()).isEmpty();
        assertThat(store.apps.find(LATTICE, SHOP)).isEmpty();
        assertThat(delete(Optional.empty())).isEqualTo(new ChangeResult.NoApp());
        keep(put("v9", 9));
        assertThat(store.apps.revision(LATTICE, SHOP, 1).orElseThrow().version()).isEqualTo("v9");
    }

    @Test
    void aNumberOfADeletedVersionIsNotUsedAgain() {
        keep(put("v1", 1));
        keep(put("v2", 2));
        keep(delete(Optional.of("v2")));
        keep(put("v3", 3));

        assertThat(store.apps.find(LATTICE, SHOP).orElseThrow().record().versions())
                .extracting(Version::n)
                .containsExactly(1, 3);
    }

    @Test
    void oldVersionsAreDroppedButNotTheDeployedOrTheGoodOne() {
        keep(put("v1", 1));
        keep(deploy("shop", "v1"));
        keep(put("v2", 2));
        var uid = store.apps.find(LATTICE, SHOP).orElseThrow().record().uid();
        store.wanted.noteGood(LATTICE, SHOP, uid, 2);
        for (int i = 3; i < 10; i++) {
            keep(put("v" + i, i));
        }

        assertThat(versions()).containsExactly("v1", "v2", "v7", "v8", "v9");
        assertThat(store.apps.revision(LATTICE, SHOP, 3)).isEmpty();
    }

    @Test
    void aHoldKeepsWhoHeldFirstUntilReleased() {
        keep(put("v1", 1));
        keep(store.apps.hold(LATTICE, SHOP, "alice", "why", Precondition.NONE));
        keep(store.apps.hold(LATTICE, SHOP, "bob", "", Precondition.NONE));
        assertThat(store.apps.find(LATTICE, SHOP).orElseThrow().record().hold().orElseThrow().by())
                .isEqualTo("alice");

        keep(store.apps.release(LATTICE, SHOP, Precondition.NONE));

        assertThat(store.apps.find(LATTICE, SHOP).orElseThrow().record().hold()).isEmpty();
    }

    @Test
    void allSurvivesARestartOfTheServer() {
        keep(put("v1", 1));
        keep(deploy("shop", "v1"));

        server.restart();

        await("read again", () -> answers(() -> deployed().equals(List.of("v1"))));
        keep(put("v2", 2));
        await(
                "watch goes on",
                () ->
                        store.catalog
                                .app(LATTICE, SHOP)
                                .filter(app -> app.record().latest().version().equals("v2"))
                                .isPresent());
    }

    @Test
    void aBucketThatVanishesIsMadeAgainAndTheCatalogFollows() throws Exception {
        keep(put("v1", 1));
        await("seen", () -> store.catalog.app(LATTICE, SHOP).isPresent());

        store.nats.keyValueManagement().delete("trellis");

        assertThat(put("v2", 2)).isInstanceOf(PutResult.Created.class);
        await(
                "only what is stored now",
                () ->
                        store.catalog.apps(LATTICE).stream()
                                .map(app -> app.record().latest().version())
                                .toList()
                                .equals(List.of("v2")));
    }

    private boolean deployedInCatalog(AppName app) {
        return store.catalog
                .app(LATTICE, app)
                .filter(found -> found.record().deployed().isPresent())
                .isPresent();
    }

    private static boolean answers(java.util.function.BooleanSupplier question) {
        try {
            return question.getAsBoolean();
        } catch (dev.trellis.scheduler.port.StoreUnavailableException _) {
            return false;
        }
    }

    private List<String> deployed() {
        return store.apps.find(LATTICE, SHOP).orElseThrow().record().deployedVersion().stream()
                .map(Version::version)
                .toList();
    }

    private List<String> versions() {
        return store.apps.find(LATTICE, SHOP).orElseThrow().record().versions().stream()
                .map(Version::version)
                .toList();
    }

    private PutResult put(String version, int instances) {
        return put(app("shop", version, instances));
    }

    private PutResult put(dev.trellis.manifest.Manifest manifest) {
        return store.apps.put(LATTICE, manifest, DOCUMENT, Precondition.NONE, "me");
    }

    private ChangeResult deploy(String app, String version) {
        return store.apps.deploy(
                LATTICE, new AppName(app), Optional.of(version), false, Precondition.NONE);
    }

    private ChangeResult delete(Optional<String> version) {
        return store.apps.delete(LATTICE, SHOP, version, Precondition.NONE);
    }

    private static void keep(Object result) {
        assertThat(result)
                .isInstanceOfAny(
                        PutResult.Created.class,
                        ChangeResult.Done.class,
                        ChangeResult.Deleted.class);
    }
}
