package dev.trellis.scheduler.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Which hosts live, by ping. In numbers, with the defaults:
 *
 * <ol>
 *   <li>every max(2 s, hosts / 1,000 s) all are pinged;
 *   <li>who has not answered within 0.5 s is asked by {@code host.get};
 *   <li>no responders twice, 200 ms apart: gone;
 *   <li>any other silence: suspect, and gone when nothing was heard for the heartbeat interval + 10
 *       s (two intervals + 10 s while a command of ours is in flight there).
 * </ol>
 *
 * Nothing is judged while our own connection is in doubt. Doubt begins when it breaks, or when a
 * round brings no answer at all and the server did not say that nobody is there; it ends with the
 * next round that does. For {@link Settings#reconnectGrace()} after our own reconnecting "no
 * responders" proves nothing: hosts have to reconnect too.
 */
public final class Liveness {
    /** {@code heartbeat}: the interval at which hosts publish their inventory. */
    public record Settings(Duration heartbeat, Duration reconnectGrace) {
        public static final Settings DEFAULTS =
                new Settings(Duration.ofSeconds(30), Duration.ofSeconds(10));
    }

    /** What the caller has to do now. */
    public record Actions(boolean ping, List<HostId> ask, List<HostId> gone) {}

    private static final Duration ANSWER_TIME = Duration.ofMillis(500);

    /** A round of 10,000 pongs takes up to 0.4 s to come in; 0.5 s more are given to it. */
    private static final long PER_HOST_NANOS = 50_000;

    private static final Duration ASK_AGAIN = Duration.ofMillis(200);

    /**
     * How long hosts that are known to be gone wait for others that are just being asked: what they
     * ran is then placed again once, and not once for each answer. Example: a third of 1,000 hosts
     * crashes; their answers come over 60 ms, and each host that is left gets one command.
     */
    private static final Duration TOGETHER = Duration.ofMillis(300);

    private static final Duration SILENCE_MARGIN = Duration.ofSeconds(10);

    private final Settings settings;
    private final Map<HostId, Instant> heard = new HashMap<>();
    private final Set<HostId> answered = new HashSet<>();
    private final Set<HostId> suspects = new HashSet<>();
    private final Map<HostId, Instant> askAgainAt = new HashMap<>();
    private final Set<HostId> noRespondersOnce = new HashSet<>();
    private final Set<HostId> asked = new HashSet<>();
    private final Set<HostId> lost = new HashSet<>();
    private Instant lostSince = Instant.MAX;
    private Instant nextPing = Instant.MIN;
    private Instant roundEnds = Instant.MAX;
    private Instant silenceSince = Instant.MIN;
    private Instant graceEnds = Instant.MIN;
    private long suspectsVersion;
    private boolean nobody;
    private boolean connected = true;
    private boolean doubt;

    public Liveness(Settings settings) {
        this.settings = settings;
    }

    /** An event, a pong or a reply came from the host: it lives. */
    public void heard(HostId host, Instant now) {
        heard.put(host, now);
        cleared(host);
        unasked(host);
    }

    private void unasked(HostId host) {
        noRespondersOnce.remove(host);
        askAgainAt.remove(host);
        asked.remove(host);
        lost.remove(host);
    }

    public void pong(HostId host, Instant now) {
        heard(host, now);
        answered.add(host);
    }

    /** The server says that no host at all is subscribed. */
    public void nobodyIsThere() {
        nobody = true;
    }

    public void noResponders(HostId host, Instant now) {
        if (doubt || now.isBefore(graceEnds)) {
            suspected(host);
            return;
        }
        asked.add(host);
        if (noRespondersOnce.add(host)) {
            askAgainAt.put(host, now.plus(ASK_AGAIN));
        } else {
            askAgainAt.remove(host);
            lostSince = lost.isEmpty() ? now : lostSince;
            lost.add(host);
        }
    }

    public void silent(HostId host) {
        suspected(host);
        noRespondersOnce.remove(host);
        asked.remove(host);
        lost.remove(host);
    }

    private void suspected(HostId host) {
        if (suspects.add(host)) {
            suspectsVersion++;
        }
    }

    private void cleared(HostId host) {
        if (suspects.remove(host)) {
            suspectsVersion++;
        }
    }

    /** Counts up whenever a host becomes suspect or no longer is. */
    public long suspectsVersion() {
        return suspectsVersion;
    }

    public void disconnected() {
        connected = false;
        doubt = true;
    }

    public void reconnected(Instant now) {
        connected = true;
        doubt = true;
        nextPing = now;
        graceEnds = now.plus(settings.reconnectGrace());
        nobodyAsked();
    }

    private void nobodyAsked() {
        askAgainAt.clear();
        noRespondersOnce.clear();
        asked.clear();
        lost.clear();
    }

    public void forget(HostId host) {
        heard.remove(host);
        answered.remove(host);
        cleared(host);
        unasked(host);
    }

    /** Our own connection is in doubt: the lattice is held as it is. */
    public boolean inDoubt() {
        return doubt;
    }

    public boolean isSuspect(HostId host) {
        return suspects.contains(host);
    }

    public Set<HostId> suspects() {
        return Collections.unmodifiableSet(suspects);
    }

    /** When the host was last heard; the epoch when never. */
    public Instant lastHeard(HostId host) {
        return heard.getOrDefault(host, Instant.EPOCH);
    }

    /** Whether the host answered the round under way or the last one. */
    public boolean answered(HostId host) {
        return answered.contains(host);
    }

    public int answers() {
        return answered.size();
    }

    /**
     * Judges what has come due.
     *
     * @param busy whether a command of ours is in flight at a host
     */
    public Actions due(Iterable<HostId> hosts, int count, Predicate<HostId> busy, Instant now) {
        var ask = new ArrayList<HostId>();
        var gone = new ArrayList<HostId>();
        if (!connected) {
            return new Actions(false, ask, gone);
        }
        if (!now.isBefore(roundEnds)) {
            endRound(hosts, count, now, ask);
        }
        if (!doubt) {
            judge(hosts, busy, now, ask, gone);
        }
        boolean ping = !now.isBefore(nextPing);
        if (ping) {
            answered.clear();
            nobody = false;
            roundEnds = now.plus(ANSWER_TIME).plusNanos(count * PER_HOST_NANOS);
            nextPing = now.plus(Duration.ofMillis(Math.max(2000, count)));
        }
        return new Actions(ping, ask, gone);
    }

    /** When {@link #due} should be asked again at the latest. */
    public Instant nextDue() {
        if (!connected) {
            return Instant.MAX; // reconnecting comes as an input
        }
        var next = nextPing.isBefore(roundEnds) ? nextPing : roundEnds;
        if (doubt) {
            return next;
        }
        if (!lost.isEmpty()) {
            if (lost.containsAll(asked)) {
                return Instant.MIN;
            }
            var latest = lostSince.plus(TOGETHER);
            next = latest.isBefore(next) ? latest : next;
        }
        for (var at : askAgainAt.values()) {
            if (at.isBefore(next)) {
                next = at;
            }
        }
        return next;
    }

    private void endRound(Iterable<HostId> hosts, int count, Instant now, List<HostId> ask) {
        roundEnds = Instant.MAX;
        if (answered.isEmpty() && count > 0 && !nobody) {
            doubt = true;
            nextPing = now;
            nobodyAsked();
            return;
        }
        if (doubt) {
            doubt = false;
            silenceSince = now;
        }
        for (var host : hosts) {
            if (!answered.contains(host) && !noRespondersOnce.contains(host)) {
                ask.add(host);
                asked.add(host);
            }
        }
    }

    private void judge(
            Iterable<HostId> hosts,
            Predicate<HostId> busy,
            Instant now,
            List<HostId> ask,
            List<HostId> gone) {
        boolean release =
                !lost.isEmpty()
                        && (lost.containsAll(asked) || !now.isBefore(lostSince.plus(TOGETHER)));
        for (var host : hosts) {
            var again = askAgainAt.get(host);
            if (release && lost.contains(host)) {
                gone.add(host);
            } else if (again != null && !again.isAfter(now)) {
                askAgainAt.remove(host);
                ask.add(host);
            } else if (suspects.contains(host) && silentTooLong(host, busy.test(host), now)) {
                gone.add(host);
            }
        }
    }

    private boolean silentTooLong(HostId host, boolean busy, Instant now) {
        var last = lastHeard(host);
        var since = last.isAfter(silenceSince) ? last : silenceSince;
        var limit = settings.heartbeat().multipliedBy(busy ? 2 : 1).plus(SILENCE_MARGIN);
        return Duration.between(since, now).compareTo(limit) >= 0;
    }
}
