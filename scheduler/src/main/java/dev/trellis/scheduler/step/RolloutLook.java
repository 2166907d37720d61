package dev.trellis.scheduler.step;

import dev.trellis.manifest.rollout.Initial;
import dev.trellis.scheduler.decide.AppPlanner;
import dev.trellis.scheduler.decide.Course;
import dev.trellis.scheduler.decide.RevisionHash;
import dev.trellis.scheduler.decide.Sighting;
import dev.trellis.scheduler.decide.Staged;
import dev.trellis.scheduler.decide.Targets;
import dev.trellis.scheduler.decide.WantedApp;
import dev.trellis.scheduler.observe.Host;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.rollout.Ceilings;
import dev.trellis.scheduler.rollout.Decision;
import dev.trellis.scheduler.rollout.Evidence;
import dev.trellis.scheduler.rollout.FrozenPolicy;
import dev.trellis.scheduler.rollout.HostSeen;
import dev.trellis.scheduler.rollout.Note;
import dev.trellis.scheduler.rollout.Revision;
import dev.trellis.scheduler.rollout.Rollout;
import dev.trellis.scheduler.rollout.RolloutPhase;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.Snapshot;
import dev.trellis.scheduler.rollout.Target;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One look at the rollout of an app: which record holds, what it says of each host, and what it
 * becomes. Whatever changes is written before anything that follows from it is sent.
 */
final class RolloutLook implements Course {
    /** Bake time that an owner's death may cost at most. */
    private static final Duration WRITE_PROGRESS = Duration.ofSeconds(10);

    private final App app;
    private final Rolling rolling;
    private final AppRecord stored;
    private final WantedApp deployed;
    private final Lattice lattice;
    private final List<Effect> effects;
    private WantedApp candidate;
    private Optional<WantedApp> stable = Optional.empty();
    private Set<WorkloadId> covered = Set.of();
    private boolean waits;
    private boolean decides;

    RolloutLook(App app, WantedApp deployed, Lattice lattice, List<Effect> effects) {
        this.app = app;
        this.rolling = app.rolling;
        this.stored = deployed.record();
        this.deployed = deployed;
        this.candidate = deployed;
        this.lattice = lattice;
        this.effects = effects;
    }

    /** Finds the record that holds, or writes the one that is to. */
    void begin() {
        tell();
        if (rolling.writing) {
            waits = true;
            return;
        }
        var record = rolling.record();
        if (deployed.staged().isEmpty()) {
            record.filter(r -> !r.phase().isTerminal())
                    .ifPresent(r -> write(r.superseded(), List.of()));
            keep(Owned.NOTHING);
            return;
        }
        if (record.isEmpty() || record.get().deployment() != stored.deploys()) {
            follow(deployed.staged().get());
        } else {
            resume(record.get());
        }
    }

    /** A version is being read or a record is being written: nothing can be planned now. */
    boolean isWaiting() {
        return waits;
    }

    /** How the rollout takes part in the plan; empty: the app has no policy. */
    Optional<Course> course() {
        return deployed.staged().isPresent() ? Optional.of(this) : Optional.empty();
    }

    // Which record holds

    /** Something was deployed since the record: a new rollout, or the end of the present one. */
    private void follow(Staged staged) {
        var to = revision(stored.deployed().getAsInt());
        var record = rolling.record();
        var from =
                record.filter(r -> !r.phase().isTerminal()).isPresent()
                        ? record.flatMap(RolloutRecord::from)
                        : lastStable();
        if (!read(to, from)) {
            return;
        }
        cover(staged);
        if (record.isPresent() && !record.get().phase().isTerminal()) {
            var before = version(record.get().to());
            if (before.isEmpty()) {
                waits = true;
                return;
            }
            boolean same = before.get().filter(b -> hash(b).equals(hash(candidate))).isPresent();
            if (same) {
                write(record.get().renamedTo(to, stored.deploys()), List.of());
                return;
            }
            if (stable.filter(s -> hash(s).equals(hash(candidate))).isPresent()) {
                write(
                        record.get().undoneBy(to, stored.deploys()),
                        List.of(note("RollingBack", "version " + to.label() + " is stable")));
                return;
            }
            tell(record.get(), note("Superseded", "by version " + to.label()));
        } else if (stable.filter(s -> hash(s).equals(hash(candidate))).isPresent()) {
            keep(Owned.NOTHING);
            return; // nothing of it is staged: hosts run it already
        }
        start(staged, from, to);
    }

    private void start(Staged staged, Optional<Revision> from, Revision to) {
        boolean refused =
                stored.version(to.n())
                        .filter(v -> stored.rejected().contains(v.hash()))
                        .isPresent();
        if (refused) {
            waits = true; // in quarantine, and nobody said to try it again
            return;
        }
        var known = stable.isPresent() ? from : Optional.<Revision>empty();
        boolean skips = known.isEmpty() && staged.policy().initial() == Initial.SKIP;
        var by = stored.version(to.n()).map(AppRecord.Version::by).orElse("");
        var record =
                RolloutRecord.start(
                                stored.rolloutId(),
                                known,
                                to,
                                new FrozenPolicy(
                                        staged.name(), staged.properties(), staged.policy()),
                                skips,
                                "",
                                lattice.now,
                                by)
                        .forDeploy(stored.deploys());
        write(record, List.of(note("Pending", "to version " + to.label())));
    }

    private void resume(RolloutRecord record) {
        var to = record.to();
        if (!read(to, record.from())) {
            return;
        }
        cover(candidate.staged().or(deployed::staged).orElseThrow());
        decides =
                switch (record.phase()) {
                    case PENDING, PROGRESSING, ROLLING_BACK, HALTED -> true;
                    case SUCCEEDED, ROLLED_BACK, SUPERSEDED, CANCELLED -> false;
                };
        if (!decides) {
            candidate = deployed;
            keep(Owned.NOTHING);
            boolean good = stored.lastGood().equals(OptionalInt.of(to.n()));
            if (record.phase() == RolloutPhase.SUCCEEDED && !good && once("good")) {
                effects.add(new Effect.NoteGood(app.name, stored.uid(), to.n()));
            }
            return;
        }
        var both = AppPlanner.puts(candidate);
        keep(stable.map(AppPlanner::puts).map(both::and).orElse(both));
    }

    /** What both versions put is wanted while either may run. */
    private void keep(Owned both) {
        if (!both.equals(app.alsoPuts)) {
            app.alsoPuts = both;
            lattice.appsChanged();
        }
    }

    private Revision revision(int n) {
        return new Revision(n, stored.restarts().getOrDefault(n, 0));
    }

    /** The last version that succeeded, as often as it was restarted then. */
    private Optional<Revision> lastStable() {
        var last = rolling.record();
        if (last.isPresent()) {
            var record = last.get();
            var ended =
                    switch (record.phase()) {
                        case SUCCEEDED -> Optional.of(record.to());
                        case ROLLED_BACK, HALTED, SUPERSEDED, CANCELLED -> record.from();
                        case PENDING, PROGRESSING, ROLLING_BACK -> Optional.<Revision>empty();
                    };
            boolean stillGood =
                    ended.isPresent() && stored.lastGood().equals(OptionalInt.of(ended.get().n()));
            if (stillGood) {
                return ended;
            }
        }
        if (stored.lastGood().isEmpty()) {
            return Optional.empty();
        }
        int n = stored.lastGood().getAsInt();
        var good = revision(n);
        boolean restarted = stored.deployed().equals(OptionalInt.of(n)) && good.restarts() > 0;
        return Optional.of(restarted ? new Revision(n, good.restarts() - 1) : good);
    }

    private boolean read(Revision to, Optional<Revision> from) {
        var first = version(to);
        Optional<Optional<WantedApp>> second =
                from.isPresent() ? version(from.get()) : Optional.of(Optional.empty());
        waits = first.isEmpty() || second.isEmpty();
        if (waits) {
            return false;
        }
        candidate = first.get().orElse(deployed);
        stable = second.get();
        return true;
    }

    /** Empty: still being read; a present empty: there is no such version any more. */
    private Optional<Optional<WantedApp>> version(Revision revision) {
        var found = app.at(revision.n());
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(found.get().map(v -> v.labelled(revision.label())));
    }

    /** What the policy names, and of what it left out of the new version, what it covered. */
    private void cover(Staged staged) {
        var ids = new HashSet<>(staged.covered());
        for (var workload : stable.map(WantedApp::workloads).orElse(List.of())) {
            boolean gone = candidate.workload(workload.id()).isEmpty();
            boolean was =
                    stable.flatMap(WantedApp::staged)
                            .map(s -> s.covered().contains(workload.id()))
                            .orElse(staged.policy().components().isEmpty());
            if (gone && was) {
                ids.add(workload.id());
            }
        }
        covered = ids;
    }

    private String hash(WantedApp version) {
        return RevisionHash.of(version, covered);
    }

    // What it says of hosts

    @Override
    public Targets targets() {
        if (!decides) {
            return Targets.settled(
                    deployed, deployed.staged().orElseThrow().covered(), this::isExcluded);
        }
        var record = rolling.record().orElseThrow();
        boolean goesBack = record.phase() == RolloutPhase.ROLLING_BACK;
        return new Targets(
                deployed,
                candidate,
                stable,
                covered,
                host -> Target.of(record, host, labels(host)),
                record.policy().terms().globalChanges(),
                goesBack);
    }

    private boolean isExcluded(HostId host) {
        return rolling.record()
                .filter(r -> Target.of(r, host, labels(host)) == Target.KEEP)
                .isPresent();
    }

    private SortedMap<String, String> labels(HostId host) {
        return lattice.view.host(host).map(Host::labels).orElseGet(TreeMap::new);
    }

    @Override
    public Optional<Set<HostId>> look(SortedMap<HostId, Sighting> hosts, boolean wired) {
        if (!decides) {
            return Optional.of(Set.of());
        }
        var before = rolling.record().orElseThrow();
        weigh(before, hosts);
        var decision =
                Rollout.decide(
                        before,
                        snapshot(before, hosts, wired),
                        lattice.now,
                        rolling.approvals(before.id()),
                        List.copyOf(rolling.answers));
        rolling.answers.clear();
        decision.wishes().forEach(this::grant);
        var after = decision.record();
        if (!after.isLike(before)) {
            write(after, decision.notes());
            return Optional.empty();
        }
        rolling.progressed(after);
        rolling.released = decision.released();
        if (!lattice.now.isBefore(rolling.writtenAt.plus(WRITE_PROGRESS))
                && after.bakesSince(before)) {
            write(after, List.of());
        }
        return Optional.of(decision.released());
    }

    private boolean counts() {
        return !lattice.liveness.inDoubt() && !lattice.isHeld(app);
    }

    private void weigh(RolloutRecord record, SortedMap<HostId, Sighting> hosts) {
        var looks = new ArrayList<Evidence.Look>(hosts.size());
        for (var host : hosts.values()) {
            looks.add(
                    new Evidence.Look(
                            host.host(),
                            host.on(),
                            Target.of(record, host.host(), host.labels()),
                            host.moving() || rolling.released.contains(host.host()),
                            host.serving() && !host.moving(),
                            host.failedStarts()));
        }
        var terms = record.policy().terms();
        rolling.evidence.look(
                looks, counts(), terms.healthyTime(), terms.healthyDeadline(), lattice.now);
    }

    private Snapshot snapshot(
            RolloutRecord record, SortedMap<HostId, Sighting> hosts, boolean wired) {
        var seen = new TreeMap<HostId, HostSeen>();
        for (var host : hosts.values()) {
            seen.put(
                    host.host(),
                    new HostSeen(
                            host.host(),
                            host.labels(),
                            host.on(),
                            rolling.evidence.health(host.host()),
                            host.serving(),
                            host.moving(),
                            rolling.evidence.isBad(host.host())));
        }
        var to = record.to().n();
        return new Snapshot(
                seen,
                lattice.view.hosts().keySet(),
                !lattice.liveness.inDoubt(),
                lattice.isHeld(app),
                wired,
                stored.deployed().equals(OptionalInt.of(to)),
                stored.version(to).filter(v -> !stored.rejected().contains(v.hash())).isEmpty(),
                stored.lastGood().equals(OptionalInt.of(to)),
                ceilings());
    }

    private Ceilings ceilings() {
        var limits = lattice.limits;
        int hosts = lattice.view.hosts().size();
        var most =
                limits.maxUnavailable()
                        .map(limit -> Math.max(1, limit.roundedDown(hosts)))
                        .map(limit -> Math.max(0, limit - lattice.away.besides(app.name).size()));
        return new Ceilings(
                limits.maxUnproven(),
                most.map(OptionalInt::of).orElse(OptionalInt.empty()),
                limits.windows());
    }

    private void grant(Decision.Wish wish) {
        switch (wish) {
            case Decision.Wish.NoteGood(var revision) -> {
                if (once("good")) {
                    effects.add(new Effect.NoteGood(app.name, stored.uid(), revision.n()));
                }
            }
            case Decision.Wish.Reject(var revision, _) -> {
                if (once("reject")) {
                    effects.add(new Effect.Reject(app.name, stored.uid(), revision.n()));
                }
            }
            case Decision.Wish.Restore(var from, var to) -> {
                if (once("restore")) {
                    effects.add(new Effect.Restore(app.name, stored.uid(), from.n(), to.n()));
                }
            }
            case Decision.Wish.Ask(var question) -> {
                if (once(question.gate() + question.attempt())) {
                    effects.add(
                            new Effect.AskGate(
                                    app.name,
                                    question,
                                    references(candidate),
                                    stable.map(this::references).orElse(Map.of())));
                }
            }
        }
    }

    private Map<String, String> references(WantedApp version) {
        var references = new TreeMap<String, String>();
        version.workloads().stream()
                .filter(w -> covered.contains(w.id()))
                .forEach(w -> references.put(w.name(), w.image()));
        return references;
    }

    /** A wish is wished at every look until it is seen done; it is sent on again after a while. */
    private boolean once(String what) {
        return lattice.asks.ask("rollout " + app.name + " " + what, lattice.now);
    }

    private void write(RolloutRecord record, List<Note> notes) {
        waits = true;
        rolling.write(record, notes, lattice.now);
        effects.add(new Effect.WriteRollout(app.name, Optional.of(record), rolling.revision));
    }

    private static Note note(String what, String message) {
        return new Note(what, message, List.of());
    }

    private void tell() {
        rolling.record().ifPresent(record -> rolling.told.forEach(note -> tell(record, note)));
        rolling.told.clear();
    }

    private void tell(RolloutRecord record, Note note) {
        effects.add(new Effect.NoteRollout(app.name, record, note));
    }

    /** When time alone may change something. */
    Instant wakeAt() {
        if (!decides) {
            return Instant.MAX;
        }
        var next = rolling.record().flatMap(RolloutRecord::nextWakeAt).orElse(Instant.MAX);
        var due = rolling.evidence.nextDue();
        return due.isBefore(next) && due.isAfter(lattice.now) ? due : next;
    }

    /** The app is not to run any more: whatever its rollout was at, it is over. */
    static void end(App app, Lattice lattice, List<Effect> effects) {
        var rolling = app.rolling;
        if (rolling.writing) {
            return;
        }
        boolean gone = app.record().isEmpty();
        var record = rolling.record();
        if (gone && rolling.revision > 0) {
            rolling.writing = true;
            effects.add(new Effect.WriteRollout(app.name, Optional.empty(), rolling.revision));
        } else if (record.isPresent() && !record.get().phase().isTerminal()) {
            var over = record.get().cancelled();
            rolling.write(over, List.of(note("Cancelled", over.message())), lattice.now);
            effects.add(new Effect.WriteRollout(app.name, Optional.of(over), rolling.revision));
        }
        app.alsoPuts = Owned.NOTHING;
    }
}
