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
        return owned.contains(lattice) ? Optional.of(Optional.empty()) : Optional.empty();
    }

    @Override
    public Optional<DeployPlan> plan(LatticeName lattice, AppName app, Candidate candidate) {
        return Optional.empty();
    }

    @Override
    public Optional<Optional<DeployPlan>> planRebalance(LatticeName lattice, AppName app) {
        return owned.contains(lattice) ? Optional.of(Optional.empty()) : Optional.empty();
    }

    @Override
    public Optional<Boolean> rebalance(LatticeName lattice, AppName app) {
        return owned.contains(lattice) ? Optional.of(statuses.containsKey(app)) : Optional.empty();
    }
}
