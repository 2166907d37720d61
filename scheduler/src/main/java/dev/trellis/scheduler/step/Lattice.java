package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.AppPlanner;
import dev.trellis.scheduler.decide.At;
import dev.trellis.scheduler.decide.Away;
import dev.trellis.scheduler.decide.Exclusives;
import dev.trellis.scheduler.decide.Failures;
import dev.trellis.scheduler.decide.InFlight;
import dev.trellis.scheduler.decide.SharedComponents;
import dev.trellis.scheduler.decide.Situation;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeView;
import dev.trellis.scheduler.observe.Liveness;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.LatticeLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The memory of one lattice's owner: wanted, seen, sent. Nothing here decides. */
final class Lattice {
    private static final Duration WIRE_TIMEOUT = Duration.ofSeconds(10);

    /** How long a heartbeat may be on its way from its inventory to the stream. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    final CoreSettings settings;
    final String manager;
    final LatticeView view = new LatticeView();
    final Liveness liveness;
    final Settling settling = new Settling();
    final InFlight inFlight = new InFlight();
    final Failures<At> failures = new Failures<>();
    final Failures<String> wires = new Failures<>();
    final Map<String, Instant> busyWires = new HashMap<>();
    final Asks asks = new Asks();
    final TreeMap<AppName, App> apps = new TreeMap<>();
    final Set<AppName> dirty = new TreeSet<>();
    final Set<HostId> verified = new HashSet<>();
    final Map<HostId, Instant> unreadSince = new HashMap<>();
    final HostMarks marks = new HostMarks();
    final Away away = new Away();
    LatticeLimits limits = LatticeLimits.NONE;
    Instant now = Instant.MIN;
    Instant nextRetry = Instant.MAX;
    boolean nobody;
    private final Map<HostId, Long> touchedAt = new HashMap<>();
    private final Map<HostId, Long> askedAt = new HashMap<>();
    private final Map<HostId, Instant> toldAt = new HashMap<>();
    private long order;
    private @Nullable Wants wants;
    private @Nullable Exclusives exclusives;

    Lattice(CoreSettings settings, String manager) {
        this.settings = settings;
        this.manager = manager;
        this.liveness = new Liveness(settings.liveness());
    }

    void begin(Instant time) {
        now = time.isAfter(now) ? time : now;
    }

    /** An event of the host came, or a command to it went out. */
    void touched(HostId host) {
        touchedAt.put(host, ++order);
    }

    /** An event said what the host now runs. */
    void told(HostId host) {
        toldAt.put(host, now);
    }

    /** Whether such an event came within the last moments. */
    boolean isFreshlyTold(HostId host) {
        return toldAt.getOrDefault(host, Instant.MIN).plus(FRESH).isAfter(now);
    }

    void asked(HostId host) {
        askedAt.put(host, ++order);
    }

    /** Whether the host's answer may be older than what is known of it by now. */
    boolean isOutdated(HostId host) {
        return touchedAt.getOrDefault(host, 0L) > askedAt.getOrDefault(host, 0L);
    }

    void forget(HostId host) {
        touchedAt.remove(host);
        askedAt.remove(host);
        toldAt.remove(host);
    }

    App app(AppName name) {
        return apps.computeIfAbsent(
                name, made -> new App(made, (app, component) -> lent(made, app, component)));
    }

    SharedComponents.Found lent(AppName to, String application, String component) {
        if (application.equals(to.value())) {
            return new SharedComponents.Found.Missing("an app shares nothing with itself");
        }
        var app = apps.get(new AppName(application));
        return app == null ? App.notDeployed(application) : app.lent(component);
    }

    Wants wants() {
        if (wants == null) {
            wants = new Wants(apps.values());
        }
        return wants;
    }

    /** An app's record, versions or owned things changed. */
    void appsChanged() {
        wants = null;
        exclusives = null;
    }

    Exclusives exclusives() {
        var known = exclusives;
        if (known == null) {
            var all = new Exclusives();
            for (var app : wants().oldestFirst()) {
                app.wanted().ifPresent(w -> AppPlanner.claim(w, app.memory(), all));
            }
            exclusives = all;
            known = all;
        }
        return known;
    }

    void busy(String wire) {
        busyWires.put(wire, now.plus(WIRE_TIMEOUT));
    }

    Optional<AppRecord.Hold> holdOf(App app) {
        return limits.hold().or(() -> app.record().flatMap(AppRecord::hold));
    }

    boolean isHeld(App app) {
        return holdOf(app).isPresent();
    }

    /** Its inventory may still come: what it may run is not placed elsewhere yet. */
    boolean isUnread(HostId host) {
        var since = unreadSince.get(host);
        return since != null && since.plus(settings.unreadLimit()).isAfter(now);
    }

    Instant unreadEnds() {
        return unreadSince.values().stream()
                .map(since -> since.plus(settings.unreadLimit()))
                .filter(end -> end.isAfter(now))
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    boolean isAdopted(AppName name) {
        var app = apps.get(name);
        return app != null && app.isAdopted();
    }

    /** For questions of what would be; nothing that they try is kept. */
    Rehearsals rehearsals() {
        return new Rehearsals(this);
    }

    Situation situation() {
        return situation(this::isAdopted);
    }

    /** As it would be if these apps were taken over from wadm. */
    Situation situation(Predicate<AppName> adopted) {
        return new Situation(
                view,
                liveness::isSuspect,
                this::isUnread,
                inFlight,
                failures,
                wires,
                busyWires.keySet(),
                marks.all(),
                limits,
                exclusives(),
                away,
                manager,
                adopted,
                settings.plan(),
                now,
                false);
    }
}
