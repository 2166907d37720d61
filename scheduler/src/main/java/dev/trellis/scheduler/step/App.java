package dev.trellis.scheduler.step;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Source;
import dev.trellis.scheduler.decide.AppCompiler;
import dev.trellis.scheduler.decide.AppMemory;
import dev.trellis.scheduler.decide.AppPlanner;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Revisions;
import dev.trellis.scheduler.decide.SharedComponents;
import dev.trellis.scheduler.decide.WantedApp;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One app in the owner's memory: its record, the versions read so far, what it owns. */
final class App implements Revisions {
    final AppName name;
    private final Map<Integer, Optional<Manifest>> read = new HashMap<>();
    private final Map<Integer, WantedApp> compiled = new HashMap<>();

    /** What each compiled version puts. */
    private final Map<Integer, Owned> puts = new HashMap<>();

    private final Set<Integer> asked = new HashSet<>();
    private final Set<Integer> toAsk = new HashSet<>();

    /** By version, the other apps whose components it uses; without those that use none. */
    private final Map<Integer, Set<String>> uses = new HashMap<>();

    private final SharedComponents shared;
    private @Nullable AppRecord record;
    private AppMemory memory;

    Owned owned = Owned.NOTHING;
    long ownedRevision;
    boolean writingOwned;
    final Rolling rolling = new Rolling();

    /** What versions put that a rollout still needs besides the desired one. */
    Owned alsoPuts = Owned.NOTHING;

    @Nullable AppStatus published;

    /** Something that it owns is not wanted by it any more: others' wishes decide when it goes. */
    boolean hasLeftovers;

    /** External names that what it ran last was started with. */
    Set<String> lastExternal = Set.of();

    /** When to look again though nothing happens. */
    Instant wakeAt = Instant.MAX;

    /** A person asked that its instances be evened out once. */
    boolean rebalance;

    App(AppName name, SharedComponents shared) {
        this.name = name;
        this.shared = shared;
        this.memory = new AppMemory(name.value());
    }

    Optional<AppRecord> record() {
        return Optional.ofNullable(record);
    }

    AppMemory memory() {
        return memory;
    }

    /** Whether anything is left of it: a record, or something still to be seen gone. */
    boolean isNothing() {
        return record == null
                && owned.isEmpty()
                && !writingOwned
                && !rolling.writing
                && rolling.revision == 0;
    }

    /**
     * Takes what is stored now.
     *
     * @return whether something else is to run from now on
     */
    boolean stored(AppRecord newer) {
        var before = record;
        if (before != null && before.uid().equals(newer.uid())) {
            if (before.revision() >= newer.revision()) {
                return false;
            }
        } else {
            read.clear();
            uses.clear();
            asked.clear();
        }
        if (newer.deployed().isEmpty()) {
            memory = new AppMemory(name.value());
        }
        record = newer;
        compiled.clear();
        return before == null
                || !before.deployed().equals(newer.deployed())
                || !before.restarts().equals(newer.restarts());
    }

    void removed() {
        record = null;
        memory = new AppMemory(name.value());
        read.clear();
        uses.clear();
        compiled.clear();
        asked.clear();
    }

    void revisionRead(String uid, int n, Optional<Manifest> manifest) {
        asked.remove(n);
        if (record != null && record.uid().equals(uid)) {
            read.put(n, manifest);
            compiled.remove(n);
            uses.remove(n);
            manifest.map(App::sharedApps)
                    .filter(apps -> !apps.isEmpty())
                    .ifPresent(apps -> uses.put(n, apps));
        }
    }

    void revisionUnread(int n) {
        asked.remove(n);
    }

    /**
     * {@code other} changed: what was worked out by what it lends is worked out again.
     *
     * @return whether the app uses any of it
     */
    boolean changed(AppName other) {
        boolean any = false;
        for (var used : uses.entrySet()) {
            if (used.getValue().contains(other.value())) {
                compiled.remove(used.getKey());
                any = true;
            }
        }
        return any;
    }

    private static Set<String> sharedApps(Manifest manifest) {
        var apps = new HashSet<String>();
        for (var component : manifest.components()) {
            if (component.source() instanceof Source.Shared(var app, var _)) {
                apps.add(app);
            }
        }
        return apps;
    }

    /** What the desired version lends. */
    SharedComponents.Found lent(String component) {
        if (record == null || record.deployed().isEmpty()) {
            return notDeployed(name.value());
        }
        var manifest = read.get(record.deployed().getAsInt());
        if (manifest == null) {
            return new SharedComponents.Found.Unread();
        }
        return manifest.map(m -> SharedComponents.in(m, component))
                .orElseGet(() -> notDeployed(name.value()));
    }

    static SharedComponents.Found notDeployed(String app) {
        return new SharedComponents.Found.Missing("shared app %s is not deployed".formatted(app));
    }

    @Override
    public Optional<Optional<WantedApp>> at(int n) {
        var manifest = read.get(n);
        if (record == null || manifest == null) {
            if (record != null && asked.add(n)) {
                toAsk.add(n);
            }
            return Optional.empty();
        }
        var stored = record;
        var version = stored.version(n);
        if (manifest.isEmpty() || version.isEmpty()) {
            return Optional.of(Optional.empty());
        }
        var known = compiled.get(n);
        if (known == null) {
            var made = AppCompiler.compile(stored, version.get(), manifest.get(), shared);
            if (made.isEmpty()) {
                return Optional.empty();
            }
            compiled.put(n, made.get());
            puts.remove(n);
            return Optional.of(made);
        }
        return Optional.of(Optional.of(known));
    }

    /** The desired version, worked out; empty while undeployed or still being read. */
    Optional<WantedApp> wanted() {
        if (record == null || record.deployed().isEmpty()) {
            return Optional.empty();
        }
        return at(record.deployed().getAsInt()).flatMap(v -> v);
    }

    /** Whether what a wadm started under its ids is its own. */
    boolean isAdopted() {
        return owned.adopted() || (record != null && record.adopted());
    }

    /**
     * All that the desired version puts, and what a rollout still needs; nothing while {@link
     * #wanted()} is empty.
     */
    Owned puts() {
        var wanted = wanted();
        return wanted.isEmpty()
                ? Owned.NOTHING
                : puts.computeIfAbsent(
                                wanted.get().version().n(),
                                _ -> AppPlanner.puts(wanted.get()).adopted(isAdopted()))
                        .and(alsoPuts);
    }

    /** Versions that were asked for since the last call. */
    Set<Integer> takeToAsk() {
        var numbers = Set.copyOf(toAsk);
        toAsk.clear();
        return numbers;
    }
}
