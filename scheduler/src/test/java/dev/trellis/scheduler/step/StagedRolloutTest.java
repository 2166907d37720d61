package dev.trellis.scheduler.step;

import static dev.trellis.scheduler.step.Manifests.app;
import static dev.trellis.scheduler.step.Manifests.component;
import static dev.trellis.scheduler.step.Manifests.config;
import static dev.trellis.scheduler.step.Manifests.daemon;
import static dev.trellis.scheduler.step.Manifests.link;
import static dev.trellis.scheduler.step.Manifests.provider;
import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeEvent;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.rollout.Reasons;
import dev.trellis.scheduler.rollout.RolloutPhase;
import dev.trellis.scheduler.rollout.StageState;
import dev.trellis.scheduler.rollout.Verb;
import dev.trellis.scheduler.wanted.AppRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Rollouts by stages in a whole lattice: what hosts run, and when. */
final class StagedRolloutTest {
    private static final String POLICY =
            """
            {'stages': [
              {'name': 'canary', 'selector': {'matchLabels': {'ring': 'canary'}}, 'upTo': 1,
               'bakeTime': '30s' %s},
              {'name': 'eu', 'selector': {'matchLabels': {'zone': 'eu'}}, 'bakeTime': '20s',
               'maxParallel': '100%%'},
              {'name': 'rest', 'bakeTime': '10s', 'maxParallel': '100%%'}],
             'maxUnproven': '50%%', 'maxUnavailable': '25%%', 'healthyTime': '5s',
             'healthyDeadline': '60s'}
            """;
    private static final String AUTOMATIC = POLICY.formatted("");
    private static final String APPROVED = POLICY.formatted(", 'gate': {'approval': {}}");

    private static Manifest version(String image, String policy) {
        return app("shop")
                .with(component("api", image, List.of(config("level", "k", image)), daemon(2)))
                .rollout(policy)
                .build();
    }

    private static World twelveHosts(String policy) {
        var world = new World(5);
        world.begin();
        for (int i = 10; i < 22; i++) {
            world.host(
                    "N" + i,
                    Map.of("zone", i % 3 == 0 ? "eu" : "us", "ring", i < 12 ? "canary" : "prod"));
        }
        world.deploy(version("reg/api:1", policy));
        world.converge(Duration.ofMinutes(2));
        world.run(Duration.ofSeconds(30));
        return world;
    }

    private static AppRecord stored(World world) {
        return Objects.requireNonNull(world.records.get(new AppName("shop")));
    }

    private static long running(World world, String image) {
        return world.hosts.values().stream()
                .filter(h -> h.entries.values().stream().anyMatch(e -> e.bytes().equals(image)))
                .count();
    }

    private static void runUntil(World world, RolloutPhase phase, Duration atMost) {
        var end = world.now.plus(atMost);
        while (world.now.isBefore(end)
                && (!world.rollouts.containsKey(new AppName("shop"))
                        || world.rollout("shop").phase() != phase)) {
            world.run(Duration.ofMillis(200));
        }
        assertThat(world.rollout("shop").phase()).as(world.describe()).isEqualTo(phase);
    }

    @Test
    void theFirstDeployStartsAllHostsAtOnceAndSucceeds() {
        var world = twelveHosts(AUTOMATIC);
        assertThat(world.rollout("shop").phase()).isEqualTo(RolloutPhase.SUCCEEDED);
        assertThat(stored(world).lastGood()).isEqualTo(OptionalInt.of(1));
        assertThat(world.status("shop").phase()).isEqualTo(Phase.DEPLOYED);
        assertThat(running(world, "reg/api:1")).isEqualTo(12);
    }

    @Test
    void aGoodVersionReachesACanaryThenAZoneThenTheRest() {
        var world = twelveHosts(AUTOMATIC);
        world.deploy(version("reg/api:2", AUTOMATIC));
        world.run(Duration.ofSeconds(20));
        assertThat(running(world, "reg/api:2")).isEqualTo(1);
        assertThat(world.status("shop").phase()).isEqualTo(Phase.RECONCILING);
        assertThat(world.status("shop").message()).startsWith("stage 1/3 canary: ");
        long most = 0;
        for (int i = 0; i < 1500 && world.rollout("shop").phase() != RolloutPhase.SUCCEEDED; i++) {
            world.run(Duration.ofMillis(200));
            most = Math.max(most, 12 - running(world, "reg/api:1") - running(world, "reg/api:2"));
        }
        assertThat(world.rollout("shop").phase()).isEqualTo(RolloutPhase.SUCCEEDED);
        assertThat(most).as("hosts away at once").isLessThanOrEqualTo(3);
        world.converge(Duration.ofMinutes(1));
        assertThat(running(world, "reg/api:2")).isEqualTo(12);
        assertThat(stored(world).lastGood()).isEqualTo(OptionalInt.of(2));
        world.run(Duration.ofSeconds(10));
        assertThat(world.configs).as("only the config of the version that runs").hasSize(1);
        assertThat(world.configs.firstKey()).startsWith("shop-level-r");
    }

    @Test
    void aBadVersionIsStoppedAtTheCanaryAndGoneWithinAMinute() {
        var world = twelveHosts(AUTOMATIC);
        world.badImages.add("reg/api:bad");
        world.deploy(version("reg/api:bad", AUTOMATIC));
        runUntil(world, RolloutPhase.ROLLED_BACK, Duration.ofMinutes(1));
        assertThat(running(world, "reg/api:1")).isEqualTo(12);
        assertThat(stored(world).deployed()).isEqualTo(OptionalInt.of(1));
        assertThat(stored(world).rejected()).containsExactly("hash2");
        world.converge(Duration.ofMinutes(1));
        world.run(Duration.ofSeconds(10));
        assertThat(world.configs).hasSize(1);
    }

    @Test
    void anApprovalIsWaitedForAndOnlyThenTheZoneMoves() {
        var world = twelveHosts(APPROVED);
        world.deploy(version("reg/api:2", APPROVED));
        world.run(Duration.ofMinutes(5));
        assertThat(world.rollout("shop").state()).isEqualTo(StageState.GATE);
        assertThat(world.rollout("shop").reason()).isEqualTo(Reasons.AWAITING_APPROVAL);
        assertThat(running(world, "reg/api:2")).isEqualTo(1);
        world.approve("shop", 0);
        runUntil(world, RolloutPhase.SUCCEEDED, Duration.ofMinutes(5));
        world.converge(Duration.ofMinutes(1));
    }

    @Test
    void anAbortGoesBackAndUndeployStopsBothVersions() {
        var world = twelveHosts(AUTOMATIC);
        world.deploy(version("reg/api:2", AUTOMATIC));
        world.run(Duration.ofSeconds(20));
        world.say("shop", Verb.ABORT, "looks wrong");
        runUntil(world, RolloutPhase.ROLLED_BACK, Duration.ofMinutes(2));
        assertThat(running(world, "reg/api:1")).isEqualTo(12);
        world.deploy(version("reg/api:3", AUTOMATIC));
        world.run(Duration.ofSeconds(20));
        assertThat(running(world, "reg/api:3")).isEqualTo(1);
        world.undeploy("shop");
        world.run(Duration.ofMinutes(2));
        assertThat(world.hosts.values()).allMatch(h -> h.entries.isEmpty());
        assertThat(world.configs).isEmpty();
        assertThat(world.rollout("shop").phase()).isEqualTo(RolloutPhase.CANCELLED);
    }

    @Test
    void anOwnerThatDiesFiveTimesOnTheWayChangesNothing() {
        var world = twelveHosts(AUTOMATIC);
        world.deploy(version("reg/api:2", AUTOMATIC));
        for (int i = 0; i < 5; i++) {
            world.run(Duration.ofSeconds(17));
            world.restartCore();
        }
        runUntil(world, RolloutPhase.SUCCEEDED, Duration.ofMinutes(8));
        world.converge(Duration.ofMinutes(1));
        assertThat(running(world, "reg/api:2")).isEqualTo(12);
    }

    @Test
    void aNewVersionInMidRolloutTakesItsPlaceWithTheSameStable() {
        var world = twelveHosts(AUTOMATIC);
        world.deploy(version("reg/api:2", AUTOMATIC));
        world.run(Duration.ofSeconds(20));
        var first = world.rollout("shop");
        world.deploy(version("reg/api:3", AUTOMATIC));
        world.run(Duration.ofSeconds(1));
        var second = world.rollout("shop");
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.from()).isEqualTo(first.from());
        assertThat(world.notes).contains("Superseded");
        runUntil(world, RolloutPhase.SUCCEEDED, Duration.ofMinutes(6));
        world.converge(Duration.ofMinutes(1));
        assertThat(running(world, "reg/api:3")).isEqualTo(12);
    }

    @Test
    void aNewVersionWhileRollingBackIsAcceptedAndDoesNotWait() {
        var world = twelveHosts(AUTOMATIC);
        world.badImages.add("reg/api:bad");
        world.deploy(version("reg/api:bad", AUTOMATIC));
        runUntil(world, RolloutPhase.ROLLING_BACK, Duration.ofMinutes(1));
        world.deploy(version("reg/api:3", AUTOMATIC));
        runUntil(world, RolloutPhase.SUCCEEDED, Duration.ofMinutes(6));
        assertThat(running(world, "reg/api:3")).isEqualTo(12);
    }

    @Test
    void theStableVersionDeployedAgainUndoesTheRolloutWithoutQuarantine() {
        var world = twelveHosts(AUTOMATIC);
        world.deploy(version("reg/api:2", AUTOMATIC));
        world.run(Duration.ofSeconds(20));
        world.redeploy("shop", 1);
        runUntil(world, RolloutPhase.ROLLED_BACK, Duration.ofMinutes(2));
        assertThat(running(world, "reg/api:1")).isEqualTo(12);
        assertThat(stored(world).rejected()).isEmpty();
    }

    @Test
    void otherInstancesInMidRolloutFollowAtOnceAndTheRolloutGoesOn() {
        var world = twelveHosts(APPROVED);
        world.deploy(version("reg/api:2", APPROVED));
        world.run(Duration.ofMinutes(2));
        var id = world.rollout("shop").id();
        world.deploy(
                app("shop")
                        .with(
                                component(
                                        "api",
                                        "reg/api:2",
                                        List.of(config("level", "k", "reg/api:2")),
                                        daemon(3)))
                        .rollout(APPROVED)
                        .build());
        world.run(Duration.ofSeconds(30));
        assertThat(world.instances("shop-api")).isEqualTo(36);
        assertThat(world.rollout("shop").id()).isEqualTo(id);
        assertThat(world.rollout("shop").to().n()).isEqualTo(3);
        assertThat(running(world, "reg/api:2")).isEqualTo(1);
    }

    @Test
    void aMutableTagThatIsUnchangedMovesNobodyAndARestartMovesAllByStages() {
        var world = twelveHosts(AUTOMATIC);
        int before = world.sent.size();
        world.deploy(version("reg/api:1", AUTOMATIC));
        world.run(Duration.ofSeconds(30));
        assertThat(world.sent).hasSize(before);
        world.restart("shop");
        world.run(Duration.ofSeconds(20));
        long restarted =
                world.hosts.values().stream()
                        .filter(h ->
                                Objects.requireNonNull(h.entries.get(new WorkloadId("shop-api")))
                                        .running()
                                        .annotations()
                                        .getOrDefault("trellis/version", "")
                                        .endsWith(".1"))
                        .count();
        assertThat(restarted).isEqualTo(1);
        runUntil(world, RolloutPhase.SUCCEEDED, Duration.ofMinutes(6));
        world.converge(Duration.ofMinutes(1));
    }

    @Test
    void anEntryWithoutAnnotationsIsRecreatedWithinTheBudget() {
        var world = twelveHosts(APPROVED);
        world.deploy(version("reg/api:2", APPROVED));
        world.run(Duration.ofMinutes(2));
        var canary =
                world.hosts.values().stream()
                        .filter(h ->
                                h.entries.values().stream()
                                        .anyMatch(e -> e.bytes().equals("reg/api:2")))
                        .findFirst()
                        .orElseThrow();
        var id = new WorkloadId("shop-api");
        var entry = Objects.requireNonNull(canary.entries.get(id));
        var wiped =
                new Running(entry.running().kind(), entry.running().image(), new TreeMap<>(), 2);
        canary.put(id, wiped, entry.config());
        world.run(Duration.ofMinutes(2));
        assertThat(Objects.requireNonNull(canary.entries.get(id)).running().annotations())
                .as("its reference alone proves nothing")
                .containsKey("trellis/rollout-revision");
    }

    @Test
    void twoComponentsAndAProviderMoveTogetherHostByHost() {
        var world = new World(9);
        world.begin();
        for (int i = 10; i < 14; i++) {
            world.host("N" + i, Map.of("zone", "eu", "ring", i < 11 ? "canary" : "prod"));
        }
        for (int n = 1; n <= 2; n++) {
            world.deploy(
                    app("shop")
                            .with(component("api", "reg/api:" + n, daemon(2)))
                            .with(component("web", "reg/web:" + n, daemon(1), link("api")))
                            .with(provider("store", "reg/store:" + n, daemon(1)))
                            .rollout(APPROVED)
                            .build());
            world.run(Duration.ofMinutes(2));
        }
        var mixed =
                world.hosts.values().stream()
                        .filter(h ->
                                h.entries.values().stream()
                                                .map(e -> e.bytes().replaceAll(".*:", ""))
                                                .distinct()
                                                .count()
                                        > 1)
                        .toList();
        assertThat(mixed).isEmpty();
        assertThat(running(world, "reg/store:2")).isEqualTo(1);
        world.approve("shop", 0);
        runUntil(world, RolloutPhase.SUCCEEDED, Duration.ofMinutes(6));
        assertThat(running(world, "reg/web:2")).isEqualTo(4);
    }

    @Test
    void aForeignEntryUnderOurIdIsNeverStopped() {
        var world = twelveHosts(AUTOMATIC);
        var foreign =
                new Running(
                        WorkloadKind.COMPONENT,
                        "reg/other:1",
                        new TreeMap<>(
                                Map.of(
                                        "wasmcloud.dev/managed-by",
                                        "somebody",
                                        "wasmcloud.dev/appspec",
                                        "other")),
                        1);
        var host = world.host("N99", Map.of("zone", "eu", "ring", "canary"));
        world.run(Duration.ofSeconds(30));
        host.put(new WorkloadId("shop-api"), foreign, List.of());
        world.publish(new LatticeEvent.HostHeartbeat(host.inventory(world.now)));
        world.run(Duration.ofSeconds(5));
        int before = world.sent.size();
        world.deploy(version("reg/api:2", AUTOMATIC));
        runUntil(world, RolloutPhase.SUCCEEDED, Duration.ofMinutes(8));
        assertThat(world.sent.subList(before, world.sent.size()))
                .filteredOn(s -> s.command() instanceof Command.OnHost)
                .noneMatch(s -> ((Command.OnHost) s.command()).host().value().equals("N99"));
    }

    @Test
    void aHoldSendsNothingAndTheRolloutStands() {
        var world = twelveHosts(AUTOMATIC);
        world.hold(true);
        world.run(Duration.ofSeconds(1));
        int before = world.sent.size();
        world.deploy(version("reg/api:2", AUTOMATIC));
        world.run(Duration.ofMinutes(10));
        assertThat(world.sent).hasSize(before);
        world.hold(false);
        runUntil(world, RolloutPhase.SUCCEEDED, Duration.ofMinutes(6));
    }
}
