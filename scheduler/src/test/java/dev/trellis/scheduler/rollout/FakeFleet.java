package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Hosts that stop and start one thing each, by commands that may be lost, late or repeated. A
 * revision may be bad from the start, or turn bad later, or take its host with it.
 */
final class FakeFleet {
    /** How a revision behaves. */
    enum Behaviour {
        GOOD,
        /** Its start fails. */
        UNSTARTABLE,
        /** It starts and is never healthy. */
        ILL,
        /** It becomes ill after a few seconds. */
        TURNS_ILL,
        /** It takes its host with it after a few seconds. */
        KILLS
    }

    static final class Host {
        final HostId id;
        final TreeMap<String, String> labels;
        @Nullable String runs;
        int age;
        int failedStarts;
        @Nullable String failed;
        int suspectUntil;

        Host(HostId id, Map<String, String> labels, @Nullable String runs) {
            this.id = id;
            this.labels = new TreeMap<>(labels);
            this.runs = runs;
        }
    }

    /** {@code start} absent: a stop. */
    record Command(HostId host, Optional<String> start, boolean toCandidate) {}

    private record Flying(int at, Command command) {}

    final TreeMap<HostId, Host> hosts = new TreeMap<>();
    private final Map<String, Behaviour> characters = new TreeMap<>();
    private final Random random;
    private final List<Flying> flying = new ArrayList<>();
    final Set<HostId> dead = new HashSet<>();
    private int count;

    FakeFleet(Random random) {
        this.random = random;
    }

    void character(String revision, Behaviour character) {
        characters.put(revision, character);
    }

    Behaviour character(String revision) {
        return characters.getOrDefault(revision, Behaviour.GOOD);
    }

    void join(@Nullable String runs) {
        count++;
        var id = new HostId("N" + count);
        var labels =
                Map.of(
                        "ring", Policies.pick(random, "canary", "early", "prod", "prod", "prod"),
                        "region", Policies.pick(random, "eu", "us"));
        hosts.put(id, new Host(id, labels, runs));
    }

    void lose(HostId id) {
        hosts.remove(id);
        dead.add(id);
    }

    boolean isHealthy(Host host) {
        return host.runs != null
                && switch (character(host.runs)) {
                    case GOOD, KILLS -> true;
                    case UNSTARTABLE, ILL -> false;
                    case TURNS_ILL -> host.age < 6;
                };
    }

    void send(int now, Command command, boolean faulty) {
        if (faulty && random.nextInt(100) < 15) {
            return;
        }
        int delay = 1 + random.nextInt(3);
        flying.add(new Flying(now + delay, command));
        if (faulty && random.nextInt(100) < 10) {
            flying.add(new Flying(now + delay + 1 + random.nextInt(9), command));
        }
    }

    boolean isQuiet() {
        return flying.isEmpty();
    }

    /** One second passes; what was started, by host. */
    void tick(int now) {
        for (var host : List.copyOf(hosts.values())) {
            host.age++;
            boolean dies =
                    host.runs != null
                            && character(host.runs) == Behaviour.KILLS
                            && host.age > 3
                            && random.nextInt(4) == 0
                            && hosts.size() > 2;
            if (dies) {
                lose(host.id);
            }
        }
        for (var one : List.copyOf(flying)) {
            if (one.at() <= now) {
                flying.remove(one);
                var host = hosts.get(one.command().host());
                if (host != null) {
                    arrive(host, one.command());
                }
            }
        }
    }

    private void arrive(Host host, Command command) {
        if (command.start().isEmpty()) {
            host.runs = null;
        } else if (host.runs == null) {
            var revision = command.start().get();
            if (character(revision) == Behaviour.UNSTARTABLE) {
                host.failedStarts = revision.equals(host.failed) ? host.failedStarts + 1 : 1;
                host.failed = revision;
            } else {
                host.runs = revision;
                host.age = 0;
                host.failedStarts = 0;
                host.failed = null;
            }
        } // onto an occupied host a start does nothing
    }

    int failedStarts(Host host, @Nullable String of) {
        return of != null && Objects.equals(host.failed, of) ? host.failedStarts : 0;
    }

    static Instant time(int second) {
        return Instant.parse("2026-01-05T00:00:00Z").plusSeconds(second);
    }
}
