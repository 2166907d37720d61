package dev.trellis.api.store;

import static dev.trellis.api.store.Samples.DOCUMENT;
import static dev.trellis.api.store.Samples.LATTICE;
import static dev.trellis.api.store.Store.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.port.StoreUnavailableException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is refused for the sake of apps that use each other. */
final class SharedAppsIT {
    private static final AppName DB = new AppName("db");
    private static final AppName SHOP = new AppName("shop");
    private static final Manifest USER = Yamls.app("shop", "v1", false, Yamls.uses("db", "kv"));

    private final NatsServer server = NatsServer.start();
    private final Store store =
            new Store(server, new TrellisManifestCodec(), StoreSettings.DEFAULTS);

    @BeforeEach
    void start() {
        await("caught up", () -> store.catalog.current());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    private static Manifest db(String version, String provider) {
        return Yamls.app("db", version, true, Yamls.provider(provider, "the-" + provider));
    }

    private void put(Manifest manifest) {
        assertThat(store.apps.put(LATTICE, manifest, DOCUMENT, Precondition.NONE, "me"))
                .isInstanceOf(PutResult.Created.class);
    }

    private ChangeResult deploy(AppName app, String version, boolean force) {
        var result =
                store.apps.deploy(
                        LATTICE, app, Optional.of(version), false, force, Precondition.NONE);
        if (result instanceof ChangeResult.Done(var stored, var _, var _, var _)) {
            await(
                    "seen",
                    () ->
                            store.catalog
                                    .app(LATTICE, app)
                                    .filter(s ->
                                            s.record().revision() >= stored.record().revision())
                                    .isPresent());
        }
        return result;
    }

    private void deployed() {
        put(db("v1", "kv"));
        put(USER);
        assertThat(deploy(DB, "v1", false)).isInstanceOf(ChangeResult.Done.class);
        assertThat(deploy(SHOP, "v1", false)).isInstanceOf(ChangeResult.Done.class);
    }

    @Test
    void aDependentIsNotDeployedWithoutItsSharedApp() {
        put(db("v1", "kv"));
        put(USER);
        assertThat(store.apps.missingShared(LATTICE, USER)).containsExactly("store");
        var refused = deploy(SHOP, "v1", false);
        assertThat(refused)
                .isEqualTo(
                        new ChangeResult.SharedMissing(
                                List.of(
                                        new ChangeResult.Lack(
                                                "store", "db", "shared app db is not deployed"))));
        assertThat(Refusals.sentence(refused))
                .isEqualTo(
                        "Application contains shared components that are not deployed in other"
                                + " applications: [\"store\"]");
        assertThat(deploy(DB, "v1", false)).isInstanceOf(ChangeResult.Done.class);
        assertThat(store.apps.missingShared(LATTICE, USER)).isEmpty();
        assertThat(deploy(SHOP, "v1", false)).isInstanceOf(ChangeResult.Done.class);
    }

    @Test
    @DisplayName("C14: a dependent is judged by the deployed version of the shared app")
    void aDependentIsJudgedByTheDeployedVersion() {
        put(db("v1", "kv"));
        put(USER);
        assertThat(deploy(DB, "v1", false)).isInstanceOf(ChangeResult.Done.class);
        put(db("v2", "other"));
        assertThat(deploy(SHOP, "v1", false)).isInstanceOf(ChangeResult.Done.class);

        put(Yamls.app("late", "v1", false, Yamls.uses("db", "other")));
        assertThat(deploy(new AppName("late"), "v1", false))
                .isInstanceOf(ChangeResult.SharedMissing.class);
    }

    @Test
    @DisplayName("B05: undeploy, delete and an upgrade that drops what is used name the dependents")
    void aSharedAppIsNotTakenFromItsDependents() {
        deployed();
        var refused =
                new ChangeResult.HasDependents(
                        "db", List.of(new ChangeResult.Dependent("shop", List.of("kv"))));
        assertThat(store.apps.undeploy(LATTICE, DB, Precondition.NONE)).isEqualTo(refused);
        assertThat(store.apps.delete(LATTICE, DB, Optional.empty(), Precondition.NONE))
                .isEqualTo(refused);
        assertThat(store.apps.delete(LATTICE, DB, Optional.of("v1"), Precondition.NONE))
                .isEqualTo(refused);
        put(db("v2", "other"));
        assertThat(deploy(DB, "v2", false)).isEqualTo(refused);
        assertThat(store.apps.delete(LATTICE, DB, Optional.of("v1"), Precondition.NONE))
                .as("deleting the deployed version undeploys")
                .isEqualTo(refused);
        assertThat(Refusals.sentence(refused)).contains("'shop' uses kv");
        assertThat(store.apps.find(LATTICE, DB).orElseThrow().record().deployed()).hasValue(1);

        put(
                Yamls.app(
                        "db",
                        "v3",
                        true,
                        Yamls.provider("kv", "kv-2") + Yamls.provider("other", "the-other")));
        assertThat(deploy(DB, "v3", false))
                .as("one that keeps what is used may come")
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(store.apps.undeploy(LATTICE, SHOP, Precondition.NONE))
                .isInstanceOf(ChangeResult.Done.class);
        await("seen", () -> isUndeployed(SHOP));
        assertThat(store.apps.undeploy(LATTICE, DB, Precondition.NONE))
                .as("nobody uses it any more")
                .isInstanceOf(ChangeResult.Done.class);
    }

    @Test
    void forceTakesASharedAppAllTheSame() {
        deployed();
        put(db("v2", "other"));
        assertThat(deploy(DB, "v2", true)).isInstanceOf(ChangeResult.Done.class);
        put(db("v3", "kv"));
        assertThat(deploy(DB, "v3", false)).isInstanceOf(ChangeResult.Done.class);
        assertThat(store.apps.undeploy(LATTICE, DB, false, true, Precondition.NONE))
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(store.apps.delete(LATTICE, DB, Optional.empty(), true, Precondition.NONE))
                .isInstanceOf(ChangeResult.Deleted.class);
    }

    @Test
    @DisplayName("C26: when the store does not answer, what is shared is not known to be nothing")
    void aStoreThatDoesNotAnswerIsAnError() {
        deployed();
        server.stop();
        assertThatThrownBy(() -> store.apps.missingShared(LATTICE, USER))
                .isInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> deploy(SHOP, "v1", false))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void anOrphanedAppOwnsNothingThoughItIsDeletedAtOnce() {
        put(db("v1", "kv"));
        assertThat(deploy(DB, "v1", false)).isInstanceOf(ChangeResult.Done.class);
        var owned =
                dev.trellis.scheduler.wanted.Owned.NOTHING.and(
                        new dev.trellis.scheduler.wanted.Owned(
                                new java.util.TreeSet<>(),
                                new java.util.TreeSet<>(),
                                new java.util.TreeSet<>(),
                                new java.util.TreeSet<>(List.of("c"))));
        assertThat(store.wanted.writeOwned(LATTICE, DB, owned, 0))
                .isInstanceOf(dev.trellis.scheduler.port.WantedStore.WriteOutcome.Written.class);
        assertThat(store.apps.undeploy(LATTICE, DB, true, false, Precondition.NONE))
                .isInstanceOf(ChangeResult.Done.class);
        assertThat(store.apps.find(LATTICE, DB).orElseThrow().record().orphaned()).isTrue();
        assertThat(store.apps.delete(LATTICE, DB, Optional.empty(), Precondition.NONE))
                .isInstanceOf(ChangeResult.Deleted.class);
        assertThat(store.bucket.get(Keys.owned(LATTICE, DB))).isEmpty();
    }

    private boolean isUndeployed(AppName app) {
        return store.catalog
                .app(LATTICE, app)
                .filter(found -> found.record().deployed().isEmpty())
                .isPresent();
    }
}
