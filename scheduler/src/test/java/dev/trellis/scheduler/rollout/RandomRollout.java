package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One rollout, or two in a row, through a world of faults: hosts that join, vanish and fall silent,
 * bad revisions, lost, late and repeated commands, an owner that dies before its write, after it,
 * or stays away for a while, and people who press every button. After the faults end, the way is
 * clear: it has to come to an end, or say by name what it waits for.
 */
final class RandomRollout {
    private static final int LAST = 900;

    private final Random random;
    private final Decider rules;
    private final FakeFleet fleet;
    private final Map<HostId, Integer> inFlight = new HashMap<>();
    private final Map<Integer, StageApproval> approvals = new HashMap<>();
    private final List<String> broken = new ArrayList<>();
    private final boolean faulty;
    private final int faultsEnd;
    private final int hostsAtFirst;
    private RolloutRecord record;
    private Evidence evidence = new Evidence();
    private Set<HostId> released = new HashSet<>();
    private boolean deployed = true;
    private boolean rejected;
    private boolean lastGood;
    private boolean held;
    private int down;
    private int intents;
    private int now;
    private Duration watched = Duration.ZERO;
    private Optional<Instant> lastWatched = Optional.empty();

    private RandomRollout(int seed, Decider rules) {
        this.random = new Random(seed);
        this.rules = rules;
        this.fleet = new FakeFleet(random);
        this.faulty = random.nextInt(100) < 60;
        this.faultsEnd = 40 + random.nextInt(160);
        this.hostsAtFirst = 3 + random.nextInt(16);
        boolean first = random.nextInt(6) == 0;
        if (random.nextInt(100) < 40) {
            fleet.character(
                    "2",
                    Policies.pick(
                            random,
                            FakeFleet.Behaviour.UNSTARTABLE,
                            FakeFleet.Behaviour.ILL,
                            FakeFleet.Behaviour.TURNS_ILL,
                            FakeFleet.Behaviour.KILLS));
        }
        if (random.nextInt(100) < 15) {
            fleet.character("3", FakeFleet.Behaviour.ILL);
        }
        for (int i = 0; i < hostsAtFirst; i++) {
            fleet.join(first ? null : "1");
        }
        var from = first ? Optional.<Revision>empty() : Optional.of(new Revision(1, 0));
        record = started("ro-1", from, 2, Policies.random(random));
    }

    private RolloutRecord started(String id, Optional<Revision> from, int to, FrozenPolicy policy) {
        boolean skips = from.isEmpty() && policy.terms().initial().word().equals("skip");
        return RolloutRecord.start(
                id, from, new Revision(to, 0), policy, skips, "", FakeFleet.time(now), "somebody");
    }

    /** What a run came to. */
    record Outcome(List<String> broken, RolloutRecord record) {}

    static Outcome run(int seed, Decider rules) {
        return new RandomRollout(seed, rules).run();
    }

    private Outcome run() {
        for (now = 1; now < LAST && broken.isEmpty(); now++) {
            fleet.tick(now);
            if (now < faultsEnd) {
                disturb();
            } else {
                clearTheWay();
            }
            if (now >= down) {
                turn();
            }
            if (now > faultsEnd + 10 && isOver()) {
                break;
            }
        }
        if (broken.isEmpty()) {
            ended();
        }
        return new Outcome(broken, record);
    }

    private void disturb() {
        if (chance(60) && fleet.hosts.size() < 20) {
            fleet.join(null);
        }
        if (chance(30) && fleet.hosts.size() > 2) {
            fleet.lose(some());
        }
        if (chance(20)) {
            var host = fleet.hosts.get(some());
            if (host != null) {
                host.suspectUntil = now + 1 + random.nextInt(10);
            }
        }
        if (chance(15) && !fleet.dead.isEmpty()) { // the same id again
            var id = fleet.dead.iterator().next();
            fleet.dead.remove(id);
            fleet.hosts.put(
                    id,
                    new FakeFleet.Host(
                            id,
                            Map.of("ring", "canary", "region", "eu"),
                            random.nextInt(3) == 0 ? null : Policies.pick(random, "1", "2")));
        }
        if (chance(10)) {
            var host = fleet.hosts.get(some());
            if (host != null) {
                host.labels.put("region", Policies.pick(random, "eu", "us"));
            }
        }
        if (chance(20)) {
            down = now + 2 + random.nextInt(chance(200) ? 90 : 10);
        }
        if (chance(20)) {
            restartOwner();
        }
        held = chance(10) ? !held : held;
        people();
        if (chance(10) && record.id().equals("ro-1") && !record.phase().isTerminal()) {
            record = started("ro-2", record.from(), 3, record.policy());
            deployed = true;
            rejected = false;
            lastGood = false;
            approvals.clear();
            lastWatched = Optional.empty();
            watched = Duration.ZERO;
        }
    }

    private void people() {
        say(20, Verb.PAUSE, false, "");
        say(50, Verb.RESUME, false, "");
        say(3, Verb.ABORT, false, "");
        say(1, Verb.HALT, false, "");
        say(1, Verb.UNDEPLOY, false, "");
        say(10, Verb.PROMOTE, false, "");
        say(2, Verb.PROMOTE, true, "because");
        if (chance(60)) {
            approvals.put(
                    random.nextInt(4), new StageApproval("somebody", FakeFleet.time(now), ""));
        }
    }

    private void say(int perMille, Verb verb, boolean full, String reason) {
        if (chance(perMille)) {
            record = record.withIntent(intent("i" + intents++, verb, full, reason));
        }
    }

    private Intent intent(String id, Verb verb, boolean full, String reason) {
        return new Intent(
                id,
                verb,
                full,
                Optional.empty(),
                false,
                "somebody",
                FakeFleet.time(now),
                reason,
                Optional.empty());
    }

    private void clearTheWay() {
        held = false;
        for (int k = 0; k < 4; k++) {
            approvals.putIfAbsent(k, new StageApproval("somebody", FakeFleet.time(now), ""));
        }
        if (record.paused() && now % 20 == 0) {
            record = record.withIntent(intent("r" + now, Verb.RESUME, false, ""));
        }
    }

    private HostId some() {
        var ids = List.copyOf(fleet.hosts.keySet());
        return ids.get(random.nextInt(ids.size()));
    }

    private boolean chance(int perMille) {
        return random.nextInt(1000) < perMille;
    }

    private void restartOwner() {
        evidence = new Evidence();
        inFlight.clear();
        released = new HashSet<>();
    }

    // One turn of the owner

    private void turn() {
        inFlight.values().removeIf(deadline -> deadline <= now);
        look();
        var seen = snapshot();
        var time = FakeFleet.time(now);
        var decision = rules.decide(record, seen, time, approvals, List.of());
        var again = rules.decide(record, seen, time, Map.copyOf(approvals), List.of());
        if (!decision.equals(again)) {
            broken.add("P11 another decision for the same input");
        }
        if (faulty && now < faultsEnd && chance(50)) {
            restartOwner();
            return; // died before the write: nothing happened
        }
        var before = record;
        record = decision.record();
        Invariants.broken(before, record, seen, decision.released(), rules)
                .forEach(b -> broken.add(b + " at " + now + describe(seen, decision)));
        bakeIsObserved(before, seen, time);
        decision.wishes().forEach(this::grant);
        released = decision.released();
        if (faulty && now < faultsEnd && chance(70)) {
            restartOwner();
            return; // died after the write, before anything was sent
        }
        if (!held) {
            send();
        }
    }

    private String describe(Snapshot seen, Decision decision) {
        var text = new StringBuilder();
        text.append(" " + record.phase() + " " + record.state() + " stage " + record.stage());
        text.append(" " + record.reason() + ", released " + decision.released());
        for (var host : seen.hosts().values()) {
            text.append("\n" + host + " " + record.members().of(host.host()));
        }
        return text.toString();
    }

    private void grant(Decision.Wish wish) {
        switch (wish) {
            case Decision.Wish.NoteGood _ -> lastGood = true;
            case Decision.Wish.Reject _ -> rejected = true;
            case Decision.Wish.Restore _ -> deployed = false;
            case Decision.Wish.Ask _ -> {}
        }
    }

    private @Nullable String name(Target target) {
        return switch (target) {
            case CANDIDATE -> "" + record.to().n();
            case STABLE -> record.from().map(f -> "" + f.n()).orElse(null);
            case KEEP, NOTHING -> null;
        };
    }

    private HostSeen.On on(FakeFleet.Host host) {
        if (host.runs == null) {
            return HostSeen.On.NOTHING;
        }
        if (host.runs.equals(name(Target.CANDIDATE))) {
            return HostSeen.On.CANDIDATE;
        }
        return host.runs.equals(name(Target.STABLE)) ? HostSeen.On.STABLE : HostSeen.On.OTHER;
    }

    private boolean isFine(FakeFleet.Host host) {
        return fleet.isHealthy(host) && host.suspectUntil <= now && !inFlight.containsKey(host.id);
    }

    private void look() {
        var looks = new ArrayList<Evidence.Look>();
        for (var host : fleet.hosts.values()) {
            var target = rules.target(record, host.id, host.labels);
            looks.add(
                    new Evidence.Look(
                            host.id,
                            on(host),
                            target,
                            released.contains(host.id) || inFlight.containsKey(host.id),
                            isFine(host),
                            fleet.failedStarts(host, name(target))));
        }
        var terms = record.policy().terms();
        evidence.look(
                looks, !held, terms.healthyTime(), terms.healthyDeadline(), FakeFleet.time(now));
    }

    private Snapshot snapshot() {
        var hosts = new TreeMap<HostId, HostSeen>();
        for (var host : fleet.hosts.values()) {
            hosts.put(
                    host.id,
                    new HostSeen(
                            host.id,
                            host.labels,
                            on(host),
                            evidence.health(host.id),
                            fleet.isHealthy(host) && host.suspectUntil <= now,
                            inFlight.containsKey(host.id),
                            evidence.isBad(host.id)));
        }
        return new Snapshot(
                hosts,
                new TreeSet<>(hosts.keySet()),
                true,
                held,
                true,
                deployed,
                rejected,
                lastGood,
                Ceilings.NONE);
    }

    /** Level-triggered: whoever is not on its target is stopped, and once that is seen, started. */
    private void send() {
        for (var host : fleet.hosts.values()) {
            var wanted = rules.target(record, host.id, host.labels);
            if (wanted.isOn(on(host))
                    || !released.contains(host.id)
                    || inFlight.containsKey(host.id)
                    || host.suspectUntil > now) {
                continue;
            }
            var name = name(wanted);
            boolean starts = host.runs == null || !rules.stopsFirst();
            if (starts && name == null) {
                continue;
            }
            var start = starts ? Optional.ofNullable(name) : Optional.<String>empty();
            boolean toCandidate = starts && wanted == Target.CANDIDATE;
            if (starts && host.runs != null) {
                broken.add("P13 starts on a host that runs something");
            }
            if (toCandidate && isOnTheWayBack()) {
                broken.add("P6 starts the candidate while " + record.phase());
            }
            inFlight.put(host.id, now + 6);
            fleet.send(
                    now,
                    new FakeFleet.Command(host.id, start, toCandidate),
                    faulty && now < faultsEnd);
        }
        inFlight.keySet().removeIf(id -> isArrived(id));
    }

    /** What was sent is seen done once the host is where a stop or start would bring it. */
    private boolean isArrived(HostId id) {
        var host = fleet.hosts.get(id);
        return host == null;
    }

    private boolean isOnTheWayBack() {
        return switch (record.phase()) {
            case ROLLING_BACK, ROLLED_BACK, CANCELLED -> true;
            case PENDING, PROGRESSING, SUCCEEDED, HALTED, SUPERSEDED -> false;
        };
    }

    /** P16: never more credit than the time in which somebody looked and the wave was good. */
    private void bakeIsObserved(RolloutRecord before, Snapshot seen, Instant time) {
        int k = record.stage();
        if (record.state() != StageState.BAKE || k < 0 || k >= record.stages().size()) {
            watched = Duration.ZERO;
            lastWatched = Optional.empty();
            return;
        }
        boolean good =
                seen.hosts().values().stream()
                        .filter(h ->
                                record.members()
                                        .of(h.host())
                                        .filter(new Member(k, Role.WAVE)::equals)
                                        .isPresent())
                        .allMatch(h -> h.isGoodOn(HostSeen.On.CANDIDATE));
        boolean sameWave =
                before.state() == StageState.BAKE
                        && before.stage() == k
                        && before.stages().get(k).waves() == record.stages().get(k).waves();
        if (!sameWave) {
            watched = Duration.ZERO;
            lastWatched = Optional.empty();
        }
        if (good && lastWatched.isPresent()) {
            var gap = Duration.between(lastWatched.get(), time);
            watched = gap.toSeconds() <= 60 ? watched.plus(gap) : watched;
        }
        lastWatched = good ? Optional.of(time) : Optional.empty();
        var credit = record.stages().get(k).bake();
        if (credit.compareTo(watched) > 0) {
            broken.add("P16 credit " + credit + ", watched " + watched);
        }
    }

    // The end

    private @Nullable String finalRevision() {
        return switch (record.phase()) {
            case SUCCEEDED -> name(Target.CANDIDATE);
            case ROLLED_BACK -> name(Target.STABLE);
            case PENDING, PROGRESSING, ROLLING_BACK, HALTED, SUPERSEDED, CANCELLED -> null;
        };
    }

    private boolean isOver() {
        if (!record.phase().isTerminal() || !fleet.isQuiet()) {
            return false;
        }
        return switch (record.phase()) {
            case SUCCEEDED, ROLLED_BACK, CANCELLED -> {
                var wanted = finalRevision();
                yield fleet.hosts.values().stream()
                        .allMatch(h -> wanted == null ? h.runs == null : wanted.equals(h.runs));
            }
            case HALTED, SUPERSEDED -> true;
            case PENDING, PROGRESSING, ROLLING_BACK -> false;
        };
    }

    private boolean isBad(int n) {
        return fleet.character("" + n) != FakeFleet.Behaviour.GOOD;
    }

    private void ended() {
        boolean bad = isBad(record.to().n());
        boolean kills = fleet.character("" + record.to().n()) == FakeFleet.Behaviour.KILLS;
        if (record.phase() == RolloutPhase.SUCCEEDED && bad && !kills && !record.skipping()) {
            broken.add("P10 a bad revision succeeded");
        }
        if (isOver()) {
            return;
        }
        boolean named =
                Set.of(Reasons.WAITING_FOR_HOSTS, Reasons.BLOCKED_BY_BUDGET, Reasons.IMPOSSIBLE)
                        .contains(record.reason());
        boolean waitsForAPerson = record.paused(); // resumed again and again, it fails each time
        boolean excusedOnly = record.phase() == RolloutPhase.SUCCEEDED && bad;
        if (!named && !waitsForAPerson && !excusedOnly && !(record.skipping() && bad) && !kills) {
            broken.add(
                    "P12 ends nowhere: "
                            + record.phase()
                            + " "
                            + record.state()
                            + " stage "
                            + record.stage()
                            + " "
                            + record.reason()
                            + " "
                            + record.message()
                            + "\n"
                            + snapshot().hosts().values());
        }
    }
}
