package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.AppCompiler;
import dev.trellis.scheduler.decide.AppMemory;
import dev.trellis.scheduler.decide.AppPlanner;
import dev.trellis.scheduler.decide.DeployPlan;
import dev.trellis.scheduler.decide.Explanation;
import dev.trellis.scheduler.decide.Moves;
import dev.trellis.scheduler.decide.Revisions;
import dev.trellis.scheduler.decide.WantedApp;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner.Candidate;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.Owned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Answers what would be done, on copies of what the owner knows. */
final class Rehearsals {
    private final Lattice lattice;

    Rehearsals(Lattice lattice) {
        this.lattice = lattice;
    }

    /** Empty while a shared app that it uses is still being read. */
    Optional<DeployPlan> deploy(LatticeName in, AppName name, Candidate candidate) {
        var app = Optional.ofNullable(lattice.apps.get(name));
        var before = app.flatMap(App::record);
        var record = record(in, name, before, candidate);
        int n = record.deployed().orElseThrow();
        var version = record.version(n).orElseThrow();
        return AppCompiler.compile(
                        record,
                        version,
                        candidate.manifest(),
                        (shared, component) -> lattice.lent(name, shared, component))
                .map(wanted -> deploy(name, n, wanted, app));
    }

    private DeployPlan deploy(AppName name, int n, WantedApp wanted, Optional<App> app) {
        Revisions revisions =
                number ->
                        number == n
                                ? Optional.of(Optional.of(wanted))
                                : app.map(a -> a.at(number)).orElse(Optional.of(Optional.empty()));
        return AppPlanner.rehearse(
                wanted,
                lattice.situation(),
                app.map(App::memory).orElseGet(() -> new AppMemory(name.value())),
                revisions,
                app.flatMap(App::record)
                        .flatMap(AppRecord::deployedVersion)
                        .map(AppRecord.Version::version),
                app.map(a -> a.owned).orElse(Owned.NOTHING),
                lattice.wants().were(name, AppPlanner.puts(wanted), wanted.external()),
                lattice.wants().claimedFrom(name, AppPlanner.puts(wanted)),
                Moves.BY_RULE);
    }

    DeployPlan rebalance(App app, WantedApp wanted) {
        return AppPlanner.rehearse(
                wanted,
                lattice.situation(),
                app.memory(),
                app,
                Optional.of(wanted.version().version()),
                app.owned,
                lattice.wants(),
                lattice.wants().claimedFrom(app),
                Moves.ONCE);
    }

    Explanation explain(App app, WantedApp wanted, Optional<HostId> host) {
        return AppPlanner.explain(wanted, lattice.situation(), app.memory(), app, host);
    }

    /** The app's record as a deploy of the candidate would leave it. */
    private AppRecord record(
            LatticeName in, AppName name, Optional<AppRecord> before, Candidate candidate) {
        List<AppRecord.Version> versions =
                new ArrayList<>(before.map(AppRecord::versions).orElse(List.of()));
        int next = versions.isEmpty() ? 1 : versions.getLast().n() + 1;
        int n = candidate.n().orElse(next);
        if (versions.stream().noneMatch(version -> version.n() == n)) {
            versions.add(
                    new AppRecord.Version(
                            n, candidate.version(), candidate.hash(), lattice.now, ""));
        }
        return new AppRecord(
                in,
                name,
                before.map(AppRecord::uid).orElse(""),
                before.map(AppRecord::revision).orElse(0L),
                versions,
                OptionalInt.of(n),
                before.map(AppRecord::lastGood).orElse(OptionalInt.empty()),
                before.map(AppRecord::goodBefore).orElse(OptionalInt.empty()),
                before.map(AppRecord::restarts).orElse(new TreeMap<>()),
                before.map(AppRecord::rejected).orElse(List.of()),
                before.flatMap(AppRecord::hold));
    }
}
