package dev.trellis.api.http;

import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.DeployPlan;
import dev.trellis.scheduler.decide.Explanation;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.Adoption;
import dev.trellis.scheduler.port.LatticeOwner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Owns what the test says and knows what the test told it. */
final class FakeLatticeOwner implements LatticeOwner {
    final Set<LatticeName> owned = ConcurrentHashMap.newKeySet();
    final Map<AppName, AppStatus> statuses = new ConcurrentHashMap<>();
    final List<HostView> hosts = new CopyOnWriteArrayList<>();
    final Map<AppName, Explanation> explanations = new ConcurrentHashMap<>();
    final List<AppName> rebalanced = new CopyOnWriteArrayList<>();
    volatile String world = "one";

    @Override
    public Set<LatticeName> owned() {
        return Set.copyOf(owned);
    }

    @Override
    public Set<LatticeName> known() {
        return owned();
    }

    @Override
    public Optional<Overview> overview(LatticeName lattice) {
        return owned.contains(lattice)
                ? Optional.of(
                        new Overview(
                                true,
                                hosts.size(),
                                0,
                                0,
                                0,
                                new TreeMap<>(),
                                0,
                                0,
                                Duration.ofMillis(200)))
                : Optional.empty();
    }

    @Override
    public Optional<Optional<AppStatus>> status(LatticeName lattice, AppName app) {
        return owned.contains(lattice)
                ? Optional.of(Optional.ofNullable(statuses.get(app)))
                : Optional.empty();
    }

    @Override
    public Optional<Adoption> adoption(LatticeName lattice, List<Adoption.Candidate> apps) {
        return owned.contains(lattice)
                ? Optional.of(new Adoption(true, new TreeMap<>(), List.of(), List.of()))
                : Optional.empty();
    }

    @Override
    public Optional<Set<Integer>> running(LatticeName lattice, AppName app) {
        return owned.contains(lattice) ? Optional.of(Set.of()) : Optional.empty();
    }

    @Override
    public Optional<List<HostView>> hosts(LatticeName lattice) {
        return owned.contains(lattice) ? Optional.of(List.copyOf(hosts)) : Optional.empty();
    }

    @Override
    public Optional<Optional<Explanation>> explain(
            LatticeName lattice, AppName app, Optional<HostId> host) {
        return owned.contains(lattice)
                ? Optional.of(
                        Optional.ofNullable(explanations.get(app))
                                .map(all ->
                                        host.isPresent()
                                                ? all
                                                : new Explanation(
                                                        all.app(),
                                                        all.version(),
                                                        all.components(),
                                                        Optional.empty())))
                : Optional.empty();
    }

    @Override
    public Optional<DeployPlan> plan(LatticeName lattice, AppName app, Candidate candidate) {
        return owned.contains(lattice)
                ? Optional.of(plan(app, candidate.version() + candidate.n(), candidate.version()))
                : Optional.empty();
    }

    /** Five commands; the hash follows from what it is for, and from how the world is. */
    private DeployPlan plan(AppName app, String what, String version) {
        var commands = new ArrayList<DeployPlan.PlannedCommand>();
        for (int i = 0; i < 5; i++) {
            commands.add(
                    new DeployPlan.PlannedCommand(
                            Optional.of(new HostId("N" + i)),
                            "scale",
                            "shop-api",
                            0,
                            1,
                            "Missing"));
        }
        return new DeployPlan(
                app,
                Optional.empty(),
                version,
                "sha256:" + what + world,
                true,
                new DeployPlan.CommandCounts(5, 0, 0, 0, 0, 0, 0),
                commands,
                new DeployPlan.Unavailable(0, 1),
                List.of(),
                List.of());
    }

    @Override
    public Optional<Optional<DeployPlan>> planRebalance(LatticeName lattice, AppName app) {
        return owned.contains(lattice)
                ? Optional.of(Optional.of(plan(app, "rebalance", "v1")))
                : Optional.empty();
    }

    @Override
    public Optional<Boolean> rebalance(LatticeName lattice, AppName app) {
        if (!owned.contains(lattice)) {
            return Optional.empty();
        }
        rebalanced.add(app);
        return Optional.of(true);
    }
}
