package dev.trellis.scheduler.rollout;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.manifest.rollout.DenyWindow;
import dev.trellis.scheduler.observe.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A rollout and a few hosts, a second a turn. Each host does in one second what it is told: one to
 * stop, one to start. What a test says here is what is seen.
 */
final class Bench {
    /** A canary, one region, the rest; healthy at once. Hosts N1, N4, ... are canaries. */
    static final String THREE_STAGES =
            """
            {'stages': [
              {'name': 'canary', 'selector': {'matchLabels': {'ring': 'canary'}}, 'upTo': 1,
               'bakeTime': '10s'},
              {'name': 'eu', 'selector': {'matchLabels': {'region': 'eu'}}, 'bakeTime': '5s',
               'maxParallel': '50%'},
              {'name': 'rest', 'bakeTime': '5s', 'maxParallel': '50%'}],
             'maxUnproven': '50%', 'healthyTime': '0s', 'healthyDeadline': '20s'}
            """;

    static final class Host {
        final TreeMap<String, String> labels;
        HostSeen.On on;
        boolean ill;
        boolean bad;
        boolean foreignMove;

        Host(Map<String, String> labels, HostSeen.On on) {
            this.labels = new TreeMap<>(labels);
            this.on = on;
        }
    }

    final TreeMap<HostId, Host> hosts = new TreeMap<>();
    final Map<Integer, StageApproval> approvals = new HashMap<>();
    final List<GateAnswer> answers = new ArrayList<>();
    final List<Note> notes = new ArrayList<>();
    final List<Question> questions = new ArrayList<>();
    final Set<HostId> badOnCandidate = new HashSet<>();
    RolloutRecord record;
    Decision last = new Decision(start(THREE_STAGES, true), Set.of(), List.of(), List.of());
    Instant now = Instant.parse("2026-01-05T00:00:00Z");
    boolean clear = true;
    boolean held;
    boolean prepared = true;
    boolean deployed = true;
    boolean rejected;
    boolean lastGood;
    boolean candidateIsBad;
    boolean stableIsBad;
    Ceilings ceilings = Ceilings.NONE;
    private int said;

    private Bench(RolloutRecord record) {
        this.record = record;
    }

    static Bench of(String policy) {
        return new Bench(start(policy, true));
    }

    /** An app that never ran. */
    static Bench first(String policy) {
        return new Bench(start(policy, false));
    }

    private static RolloutRecord start(String policy, boolean hasStable) {
        var frozen = Policies.of(policy);
        boolean skips = !hasStable && frozen.terms().initial().word().equals("skip");
        return RolloutRecord.start(
                "ro",
                hasStable ? Optional.of(new Revision(1, 0)) : Optional.empty(),
                new Revision(2, 0),
                frozen,
                skips,
                "",
                Instant.parse("2026-01-05T00:00:00Z"),
                "somebody");
    }

    /** Every third is a canary, every second is in the eu. */
    @CanIgnoreReturnValue
    Bench hosts(int count) {
        for (int i = 1; i <= count; i++) {
            host("N" + i, i % 3 == 1 ? "canary" : "prod", i % 2 == 1 ? "eu" : "us");
        }
        return this;
    }

    @CanIgnoreReturnValue
    Host host(String id, String ring, String region) {
        var on = record.from().isPresent() ? HostSeen.On.STABLE : HostSeen.On.NOTHING;
        var host = new Host(Map.of("ring", ring, "region", region), on);
        hosts.put(new HostId(id), host);
        return host;
    }

    /** One that comes and runs nothing yet. */
    @CanIgnoreReturnValue
    Host join(String id, String ring, String region) {
        var host = host(id, ring, region);
        host.on = HostSeen.On.NOTHING;
        return host;
    }

    void lose(String id) {
        hosts.remove(new HostId(id));
    }

    Host get(String id) {
        return Objects.requireNonNull(hosts.get(new HostId(id)));
    }

    @CanIgnoreReturnValue
    Bench approve(int stage) {
        approvals.put(stage, new StageApproval("bob", now, "looks good"));
        return this;
    }

    void deny(DenyWindow window) {
        ceilings = new Ceilings(Optional.empty(), OptionalInt.empty(), List.of(window));
    }

    void say(Verb verb, String reason) {
        say("said" + said++, verb, reason);
    }

    void say(String id, Verb verb, String reason) {
        say(id, verb, false, reason);
    }

    void say(String id, Verb verb, boolean full, String reason) {
        say(id, verb, full, Optional.empty(), false, reason);
    }

    void amend(String id, String policy, boolean force) {
        say(id, Verb.AMEND, false, Optional.of(Policies.of(policy)), force, "");
    }

    private void say(
            String id,
            Verb verb,
            boolean full,
            Optional<FrozenPolicy> policy,
            boolean force,
            String reason) {
        record =
                record.withIntent(
                        new Intent(
                                id,
                                verb,
                                full,
                                policy,
                                force,
                                "alice",
                                now,
                                reason,
                                Optional.empty()));
    }

    String result(String id) {
        return record.intents().stream()
                .filter(i -> i.id().equals(id))
                .findFirst()
                .flatMap(Intent::result)
                .orElse("");
    }

    /** A second passes, somebody looks, and hosts do what follows. */
    void turn() {
        now = now.plusSeconds(1);
        last = Rollout.decide(record, seen(), now, approvals, answers);
        answers.clear();
        record = last.record();
        notes.addAll(last.notes());
        for (var wish : last.wishes()) {
            switch (wish) {
                case Decision.Wish.NoteGood _ -> lastGood = true;
                case Decision.Wish.Reject _ -> rejected = true;
                case Decision.Wish.Restore _ -> deployed = false;
                case Decision.Wish.Ask(var question) -> questions.add(question);
            }
        }
        if (!held) {
            last.released().forEach(this::obey);
        }
    }

    private void obey(HostId id) {
        var host = hosts.get(id);
        if (host == null) {
            return;
        }
        if (host.on != HostSeen.On.NOTHING) {
            host.on = HostSeen.On.NOTHING;
            return;
        }
        switch (Target.of(record, id, host.labels)) {
            case CANDIDATE -> {
                host.bad = candidateIsBad || badOnCandidate.contains(id);
                host.on = host.bad ? HostSeen.On.NOTHING : HostSeen.On.CANDIDATE;
            }
            case STABLE, KEEP -> {
                host.bad = stableIsBad;
                host.on = host.bad ? HostSeen.On.NOTHING : HostSeen.On.STABLE;
            }
            case NOTHING -> {}
        }
    }

    void run(int turns) {
        for (int i = 0; i < turns; i++) {
            turn();
        }
    }

    void runUntil(StageState state) {
        for (int i = 0; i < 300 && record.state() != state; i++) {
            turn();
        }
        if (record.state() != state) {
            throw new AssertionError("never at " + state + ": " + record);
        }
    }

    void runUntil(RolloutPhase phase) {
        for (int i = 0; i < 900 && record.phase() != phase; i++) {
            turn();
        }
        if (record.phase() != phase) {
            throw new AssertionError("never " + phase + ": " + record);
        }
    }

    void runUntilStage(int stage) {
        for (int i = 0; i < 300 && record.stage() != stage; i++) {
            turn();
        }
        if (record.stage() != stage) {
            throw new AssertionError("never at stage " + stage + ": " + record);
        }
    }

    /** The control plane is away: nobody looks. */
    void nobodyLooks(Duration time) {
        now = now.plus(time);
    }

    Snapshot seen() {
        var seen = new TreeMap<HostId, HostSeen>();
        hosts.forEach((id, host) -> {
            boolean serves = host.on != HostSeen.On.NOTHING && !host.ill;
            seen.put(
                    id,
                    new HostSeen(
                            id,
                            host.labels,
                            host.on,
                            serves ? HostSeen.Health.GOOD : HostSeen.Health.ILL,
                            serves,
                            host.foreignMove,
                            host.bad));
        });
        return new Snapshot(
                seen,
                new TreeSet<>(hosts.keySet()),
                clear,
                held,
                prepared,
                deployed,
                rejected,
                lastGood,
                ceilings);
    }

    int away() {
        return (int)
                hosts.values().stream().filter(h -> h.on == HostSeen.On.NOTHING || h.ill).count();
    }

    int on(HostSeen.On what) {
        return (int) hosts.values().stream().filter(h -> h.on == what).count();
    }

    Duration bake() {
        return record.stages().get(record.stage()).bake();
    }

    @Nullable Member member(String id) {
        return record.members().of(new HostId(id)).orElse(null);
    }

    Target target(String id) {
        return Target.of(record, new HostId(id), get(id).labels);
    }

    boolean wasSaid(String what) {
        return notes.stream().anyMatch(n -> n.what().equals(what));
    }
}
