package dev.trellis.scheduler.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Metadata;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.Trait;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.port.CommandBus.Answer;
import dev.trellis.scheduler.port.FakeCommandBus;
import dev.trellis.scheduler.port.FakeEventSource;
import dev.trellis.scheduler.port.FakeLatticeQueries;
import dev.trellis.scheduler.port.FakeLeases;
import dev.trellis.scheduler.port.FakeWantedStore;
import dev.trellis.scheduler.port.History;
import dev.trellis.scheduler.port.Leases;
import dev.trellis.scheduler.port.Passive;
import dev.trellis.scheduler.step.CoreSettings;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.Owned;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Loops among fakes of their ports, on real threads. */
final class LatticeManagerTest {
    private static final LatticeName BLUE = new LatticeName("blue");
    private static final LatticeName RED = new LatticeName("red");
    private static final AppName SHOP = new AppName("shop");
    private static final WorkloadId API = new WorkloadId("shop-api");

    private final FakeEventSource events = new FakeEventSource();
    private final FakeCommandBus bus = new FakeCommandBus();
    private final FakeLatticeQueries queries = new FakeLatticeQueries();
    private final FakeWantedStore store = new FakeWantedStore();
    private final FakeLeases.World world = new FakeLeases.World();
    private final Set<LatticeName> seen = ConcurrentHashMap.newKeySet();
    private final List<AppStatus> published = new CopyOnWriteArrayList<>();
    private final List<LatticeManager> managers = new ArrayList<>();

    private LatticeManager manager(Leases leases) {
        return manager(leases, Passive.NEVER);
    }

    private LatticeManager manager(Leases leases, Passive passive) {
        var manager =
                new LatticeManager(
                        new LoopSettings(CoreSettings.DEFAULTS, 100, Duration.ofMillis(100)),
                        events,
                        bus,
                        queries,
                        () -> seen,
                        leases,
                        store,
                        (_, status) -> published.add(status),
                        History.NONE,
                        passive,
                        new SimpleMeterRegistry());
        managers.add(manager);
        return manager;
    }

    @AfterEach
    void stop() {
        managers.forEach(LatticeManager::close);
    }

    private static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting for " + what).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void host(LatticeName lattice, String id) {
        queries.host(inventory(new HostId(id), new TreeMap<>()));
        events.publish(
                lattice,
                new LatticeEvent.HostStarted(new HostId(id), "host", "1.9.2", new TreeMap<>()),
                Instant.now());
    }

    private static HostInventory inventory(HostId host, SortedMap<WorkloadId, Running> workloads) {
        return new HostInventory(host, "host", "1.9.2", 1, new TreeMap<>(), workloads);
    }

    /** Hosts that do what they are told, and say so in the stream. */
    private void hostsObey(LatticeName lattice) {
        bus.answerBy(command -> {
            if (command instanceof Command.Scale scale) {
                var running =
                        new Running(
                                WorkloadKind.COMPONENT,
                                scale.image(),
                                scale.annotations(),
                                scale.count());
                var runs = Optional.of(running).filter(_ -> scale.count() > 0);
                var workloads = new TreeMap<WorkloadId, Running>();
                runs.ifPresent(there -> workloads.put(scale.id(), there));
                queries.host(inventory(scale.host(), workloads));
                var event = new LatticeEvent.ComponentScaled(scale.host(), scale.id(), runs);
                var _ =
                        Thread.ofVirtual()
                                .start(() -> events.publish(lattice, event, Instant.now()));
            }
            return Optional.of(new Answer.Accepted(""));
        });
    }

    private static Manifest shop() {
        return new Manifest(
                Manifest.API_VERSION,
                Manifest.KIND,
                new Metadata("shop", new TreeMap<>(), new TreeMap<>()),
                List.of(
                        new Component(
                                "api",
                                Component.Kind.COMPONENT,
                                new Source.Image("reg/api:1"),
                                Optional.empty(),
                                List.of(),
                                List.of(),
                                List.of(new Trait.DaemonScaler(1, List.of())))),
                List.of());
    }

    private void deploy() {
        store.revision(BLUE, SHOP, 1, shop());
        app(OptionalInt.of(1));
    }

    private void app(OptionalInt deployed) {
        store.app(
                new AppRecord(
                        BLUE,
                        SHOP,
                        "uid",
                        0,
                        List.of(new AppRecord.Version(1, "v1", "hash", Instant.EPOCH, "test")),
                        deployed,
                        OptionalInt.empty(),
                        OptionalInt.empty(),
                        new TreeMap<>(),
                        List.of(),
                        Optional.empty()));
    }

    private static boolean isDeployed(LatticeManager manager, LatticeName lattice) {
        return manager.status(lattice, SHOP)
                .flatMap(status -> status)
                .filter(status -> status.phase() == Phase.DEPLOYED)
                .isPresent();
    }

    @Test
    void anAppIsDeployedAndWhatItOwnsIsWrittenBeforeItsFirstCommand() {
        var ownedBefore = new AtomicBoolean();
        hostsObey(BLUE);
        var manager = manager(world.process("one"));
        manager.start();
        host(BLUE, "N1");
        bus.answerBy(command -> {
            ownedBefore.set(store.owned(BLUE, SHOP).components().contains(API));
            return Optional.of(new Answer.Accepted(""));
        });

        deploy();
        await("the command", () -> !bus.sent().isEmpty());

        assertThat(ownedBefore).isTrue();
        assertThat(bus.sent()).hasSize(1);
        hostsObey(BLUE);
        var scale = (Command.Scale) bus.sent().getFirst().command();
        events.publish(
                BLUE,
                new LatticeEvent.ComponentScaled(
                        scale.host(),
                        scale.id(),
                        Optional.of(
                                new Running(
                                        WorkloadKind.COMPONENT,
                                        scale.image(),
                                        scale.annotations(),
                                        1))),
                Instant.now());
        await("deployed", () -> isDeployed(manager, BLUE));
        await("noted", () -> store.appRecord(BLUE, SHOP).lastGood().equals(OptionalInt.of(1)));
        assertThat(published).last().extracting(AppStatus::phase).isEqualTo(Phase.DEPLOYED);
    }

    @Test
    @DisplayName("A29: of two idle lattices the one that gets an event handles it")
    void anIdleLatticeHoldsUpNoOther() {
        seen.addAll(Set.of(BLUE, RED));
        var manager = manager(world.process("one"));
        manager.start();
        await("both", () -> manager.owned().containsAll(Set.of(BLUE, RED)));

        host(RED, "N1");
        await("its host", () -> manager.hosts(RED).filter(hosts -> hosts.size() == 1).isPresent());

        host(BLUE, "N2");
        await("its host", () -> manager.hosts(BLUE).filter(h -> !h.isEmpty()).isPresent());
    }

    @Test
    @DisplayName("C22: of three replicas one sends each stop, and once")
    void c22OfThreeReplicasOneSendsEachStopAndOnce() {
        hostsObey(BLUE);
        var replicas =
                List.of(
                        manager(world.process("one")),
                        manager(world.process("two")),
                        manager(world.process("three")));
        replicas.forEach(LatticeManager::start);
        host(BLUE, "N1");
        host(BLUE, "N2");
        deploy();
        await("deployed", () -> replicas.stream().anyMatch(r -> isDeployed(r, BLUE)));
        int sent = bus.sent().size();

        app(OptionalInt.empty());
        await("removed", () -> store.owned(BLUE, SHOP).isEmpty());

        assertThat(bus.sent().subList(sent, bus.sent().size()))
                .extracting(s -> (Command.Scale) s.command())
                .allMatch(scale -> scale.count() == 0)
                .extracting(scale -> scale.host().value())
                .containsExactlyInAnyOrder("N1", "N2");
    }

    @Test
    @DisplayName("D03: of two processes only the owner sends; the next owner sends nothing again")
    void onlyTheOwnerSends() {
        hostsObey(BLUE);
        var one = world.process("one");
        var first = manager(one);
        var second = manager(world.process("two"));
        first.start();
        second.start();
        host(BLUE, "N1");
        deploy();
        await("deployed", () -> isDeployed(first, BLUE));
        assertThat(second.owned()).isEmpty();
        assertThat(second.status(BLUE, SHOP)).isEmpty();
        assertThat(bus.sent()).hasSize(1);

        one.lose(BLUE);
        await("taken over", () -> isDeployed(second, BLUE));

        assertThat(first.owned()).isEmpty();
        assertThat(bus.sent()).hasSize(1);
    }

    /** Passive until told otherwise. */
    private static final class Watching implements Passive {
        private final List<Runnable> begin = new ArrayList<>();
        private boolean ended;

        @Override
        public synchronized boolean isPassive() {
            return !ended;
        }

        @Override
        public synchronized void end() {
            ended = true;
            begin.forEach(Runnable::run);
        }

        @Override
        public synchronized void whenActive(Runnable what) {
            begin.add(what);
        }
    }

    @Test
    @DisplayName("trap 31: while another manager is at work, hosts are seen and nothing is sent")
    void whilePassiveNothingIsSent() {
        hostsObey(BLUE);
        var passive = new Watching();
        var manager = manager(world.process("one"), passive);
        manager.start();
        host(BLUE, "N1");
        deploy();
        await(
                "it says that it is held",
                () ->
                        manager.status(BLUE, SHOP)
                                .flatMap(status -> status)
                                .filter(status -> !status.conditions().isEmpty())
                                .filter(status ->
                                        status.conditions().getLast().type().equals("Held"))
                                .isPresent());
        assertThat(manager.hosts(BLUE).orElseThrow()).hasSize(1);
        assertThat(bus.sent()).isEmpty();

        passive.end();

        await("deployed", () -> isDeployed(manager, BLUE));
    }

    @Test
    void whoStopsGivesItsLatticesUpAtOnce() {
        seen.add(BLUE);
        var first = manager(world.process("one"));
        var second = manager(world.process("two"));
        first.start();
        await("owned", () -> first.owned().contains(BLUE));
        second.start();
        await("known", () -> second.known().contains(BLUE));

        first.close();

        await("taken over", () -> second.owned().contains(BLUE));
    }

    @Test
    void aLoopThatDiesIsBegunAnewAndKnowsAllAgain() {
        hostsObey(BLUE);
        var manager = manager(world.process("one"));
        manager.start();
        host(BLUE, "N1");
        var dies = new AtomicBoolean(true);
        bus.answerBy(command -> {
            if (dies.getAndSet(false)) {
                throw new StackOverflowError("as if the code were wrong");
            }
            return Optional.of(new Answer.Accepted(""));
        });

        deploy();
        await("a second try", () -> bus.sent().size() > 1);

        assertThat(manager.owned()).containsExactly(BLUE);
        assertThat(manager.hosts(BLUE).orElseThrow()).hasSize(1);
        assertThat(manager.stuck()).isEmpty();
    }

    @Test
    void anEffectThatFailsKeepsNoOtherBack() {
        var manager = manager(world.process("one"));
        manager.start();
        host(BLUE, "N1");
        host(BLUE, "N2");
        bus.answerBy(command -> {
            if (command instanceof Command.Scale scale && scale.host().value().equals("N1")) {
                throw new IllegalStateException("as if the code were wrong");
            }
            return Optional.of(new Answer.Accepted(""));
        });

        deploy();

        await("both", () -> bus.sent().size() == 2);
    }

    @Test
    void aRaceForTheOwnedRecordThatIsLostIsRunAgainFromWhatIsStored() {
        hostsObey(BLUE);
        var manager = manager(world.process("one"));
        manager.start();
        host(BLUE, "N1");
        var other =
                new Owned(
                        new TreeSet<>(Set.of(new WorkloadId("shop-old"))),
                        new TreeSet<>(),
                        new TreeSet<>(),
                        new TreeSet<>());
        store.ownedUntold(BLUE, SHOP, other);
        deploy();
        await("settled", () -> manager.overview(BLUE).filter(o -> o.settled()).isPresent());
        assertThat(bus.sent()).isEmpty();

        store.tellOwned(BLUE, SHOP);

        await("deployed", () -> isDeployed(manager, BLUE));
        assertThat(bus.sent())
                .extracting(sent -> ((Command.Scale) sent.command()).id())
                .contains(API);
    }

    @Test
    void nothingIsSentWhileTheStoreIsAwayAndAllIsOnceItIsBack() {
        hostsObey(BLUE);
        var manager = manager(world.process("one"));
        manager.start();
        host(BLUE, "N1");
        store.away(true);
        deploy();
        await("known", () -> manager.overview(BLUE).filter(o -> o.settled()).isPresent());
        assertThat(bus.sent()).isEmpty();

        store.away(false);

        await("deployed", () -> isDeployed(manager, BLUE));
    }

    @Test
    void whatIsNotOwnedHereIsNotAnswered() {
        var manager = manager(world.process("one"));
        manager.start();
        assertThat(manager.overview(BLUE)).isEmpty();
        assertThat(manager.hosts(BLUE)).isEmpty();
        assertThat(manager.status(BLUE, SHOP)).isEmpty();
    }

    @Test
    void aCostlyTurnIsFollowedByAPauseAsLongAndACheapOneByNone() {
        assertThat(LatticeLoop.pauseAfter(Duration.ofMillis(1))).isZero();
        assertThat(LatticeLoop.pauseAfter(Duration.ofMillis(30))).isEqualTo(Duration.ofMillis(30));
        assertThat(LatticeLoop.pauseAfter(Duration.ofSeconds(3))).isEqualTo(Duration.ofMillis(100));
    }
}
