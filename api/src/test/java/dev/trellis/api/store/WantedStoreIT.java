package dev.trellis.api.store;

import static dev.trellis.api.store.Samples.DOCUMENT;
import static dev.trellis.api.store.Samples.LATTICE;
import static dev.trellis.api.store.Samples.SHOP;
import static dev.trellis.api.store.Samples.app;
import static dev.trellis.api.store.Store.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.wanted.Owned;
import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WantedStoreIT {
    private final NatsServer server = NatsServer.start();
    private final RememberingCodec codec = new RememberingCodec();
    private final Store store = new Store(server, codec, StoreSettings.DEFAULTS);

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void theInstallationsIdIsMadeOnce() {
        var first = store.wanted.manager();

        try (var other = new Store(server, codec, StoreSettings.DEFAULTS)) {
            assertThat(other.wanted.manager()).isEqualTo(first).isNotEmpty();
        }
    }

    @Test
    void aLostCompareAndSetOfOwnedIsAConflictAndAnEmptyOneRemovesTheKey() {
        var written = store.wanted.writeOwned(LATTICE, SHOP, owned("a"), 0);
        assertThat(written).isInstanceOf(WriteOutcome.Written.class);
        long revision = ((WriteOutcome.Written) written).revision();

        assertThat(store.wanted.writeOwned(LATTICE, SHOP, owned("b"), 0))
                .isEqualTo(new WriteOutcome.Conflict());
        assertThat(store.wanted.writeOwned(LATTICE, SHOP, owned("b"), revision + 1))
                .isEqualTo(new WriteOutcome.Conflict());
        assertThat(store.wanted.writeOwned(LATTICE, SHOP, Owned.NOTHING, revision))
                .isInstanceOf(WriteOutcome.Written.class);
        assertThat(store.wanted.writeOwned(LATTICE, SHOP, owned("c"), 0))
                .isInstanceOf(WriteOutcome.Written.class);
    }

    @Test
    void theWatchTellsWhatIsStoredThenThatItCaughtUpThenChangesInOrder() {
        put("v1");
        var kept = store.wanted.writeOwned(LATTICE, SHOP, owned("a"), 0);
        assertThat(store.lattices.hold(LATTICE, "alice", "").changed()).isTrue();

        var heard = new Heard();
        try (var _ = store.wanted.watch(heard)) {
            await("caught up", () -> heard.lines().contains("caught up"));
            assertThat(heard.lines().getLast()).isEqualTo("caught up");
            assertThat(heard.lines())
                    .contains("app shop v1", "owned shop [a]", "hold default alice");

            put("v2");
            assertThat(
                            store.apps.delete(
                                    LATTICE, SHOP, java.util.Optional.empty(), Precondition.NONE))
                    .isInstanceOf(ChangeResult.Deleted.class);
            await("removed", () -> heard.lines().contains("removed shop"));
            var gone =
                    store.wanted.writeOwned(
                            LATTICE, SHOP, Owned.NOTHING, ((WriteOutcome.Written) kept).revision());
            assertThat(gone).isInstanceOf(WriteOutcome.Written.class);
            store.lattices.release(LATTICE);
            await("released", () -> heard.lines().contains("hold default -"));
            await("owned gone", () -> heard.lines().contains("owned shop [] gone"));
        }

        assertThat(heard.lines()).containsSubsequence("caught up", "app shop v2", "removed shop");
    }

    @Test
    void theWatchGoesOnAfterARestartAndTellsNothingTwice() {
        put("v1");
        var heard = new Heard();
        try (var _ = store.wanted.watch(heard)) {
            await("caught up", () -> heard.lines().contains("caught up"));

            server.restart();
            await("back", this::writesV2);

            await("told", () -> heard.lines().contains("app shop v2"));
        }
        assertThat(heard.lines()).containsExactly("app shop v1", "caught up", "app shop v2");
    }

    @Test
    void aSuccessIsNotedOnceAndTheOneBeforeIsKept() {
        put("v1");
        put("v2");
        var uid = store.apps.find(LATTICE, SHOP).orElseThrow().record().uid();

        store.wanted.noteGood(LATTICE, SHOP, uid, 1);
        store.wanted.noteGood(LATTICE, SHOP, uid, 2);
        long revision = store.apps.find(LATTICE, SHOP).orElseThrow().record().revision();
        store.wanted.noteGood(LATTICE, SHOP, uid, 2);
        store.wanted.noteGood(LATTICE, SHOP, "another uid", 1);

        var record = store.apps.find(LATTICE, SHOP).orElseThrow().record();
        assertThat(record.revision()).isEqualTo(revision);
        assertThat(record.lastGood()).isEqualTo(OptionalInt.of(2));
        assertThat(record.goodBefore()).isEqualTo(OptionalInt.of(1));
    }

    @Test
    void aNewAppOfAnOldNameIsNotReadFromTheOldOnesCache() {
        put("v1");
        var heard = new Heard();
        try (var other = new Store(server, codec, StoreSettings.DEFAULTS);
                var _ = other.wanted.watch(heard)) {
            await("told", () -> heard.lines().contains("app shop v1"));
            assertThat(version(other)).isEqualTo("v1");

            assertThat(
                            store.apps.delete(
                                    LATTICE, SHOP, java.util.Optional.empty(), Precondition.NONE))
                    .isInstanceOf(ChangeResult.Deleted.class);
            put("v2");

            await("told", () -> heard.lines().contains("app shop v2"));
            assertThat(version(other)).isEqualTo("v2");
        }
    }

    @Test
    void ownedComesBackAsWritten() {
        var links = new TreeSet<LinkKey>();
        links.add(new LinkKey(new WorkloadId("shop-http"), "default", "wasi", "http"));
        var owned =
                new Owned(
                        owned("a").components(),
                        owned("p").components(),
                        links,
                        new TreeSet<>(List.of("shop-port")));

        assertThat(OwnedJson.read(OwnedJson.write(owned))).isEqualTo(owned);
    }

    private static String version(Store of) {
        return of.wanted.revision(LATTICE, SHOP, 1).orElseThrow().version().orElseThrow();
    }

    private boolean writesV2() {
        try {
            put("v2");
            return true;
        } catch (dev.trellis.scheduler.port.StoreUnavailableException _) {
            return false;
        }
    }

    private void put(String version) {
        assertThat(
                        store.apps.put(
                                LATTICE,
                                app("shop", version, 1),
                                DOCUMENT,
                                Precondition.NONE,
                                "me"))
                .isInstanceOfAny(PutResult.Created.class, PutResult.Unchanged.class);
    }

    private static Owned owned(String component) {
        return new Owned(
                new TreeSet<>(List.of(new WorkloadId(component))),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>());
    }
}
