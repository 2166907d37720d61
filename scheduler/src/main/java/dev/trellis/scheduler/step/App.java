package dev.trellis.scheduler.step;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.AppCompiler;
import dev.trellis.scheduler.decide.AppMemory;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.Revisions;
import dev.trellis.scheduler.decide.WantedApp;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.wanted.AppRecord;
import dev.trellis.scheduler.wanted.Owned;
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
    private final Map<Integer, Optional<WantedApp>> compiled = new HashMap<>();
    private final Set<Integer> asked = new HashSet<>();
    private final Set<Integer> toAsk = new HashSet<>();
    private @Nullable AppRecord record;
    private AppMemory memory;
    private AppCompiler.SharedComponents shared = (_, _) -> Optional.empty();

    Owned owned = Owned.NOTHING;
    long ownedRevision;
    boolean writingOwned;
    @Nullable AppStatus published;

    App(AppName name) {
        this.name = name;
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
        return record == null && owned.isEmpty() && !writingOwned;
    }

    void stored(AppRecord newer) {
        if (record != null && record.uid().equals(newer.uid())) {
            if (record.revision() >= newer.revision()) {
                return;
            }
        } else {
            read.clear();
            asked.clear();
        }
        if (newer.deployed().isEmpty()) {
            memory = new AppMemory(name.value());
        }
        record = newer;
        compiled.clear();
    }

    void removed() {
        record = null;
        memory = new AppMemory(name.value());
        read.clear();
        compiled.clear();
        asked.clear();
    }

    void revisionRead(String uid, int n, Optional<Manifest> manifest) {
        asked.remove(n);
        if (record != null && record.uid().equals(uid)) {
            read.put(n, manifest);
            compiled.remove(n);
        }
    }

    void revisionUnread(int n) {
        asked.remove(n);
    }

    /** Other apps' shared components may have changed. */
    void resolveShared(AppCompiler.SharedComponents components) {
        shared = components;
        compiled.values().removeIf(v -> v.filter(w -> !w.missing().isEmpty()).isPresent());
    }

    Optional<Manifest> deployedManifest() {
        if (record == null || record.deployed().isEmpty()) {
            return Optional.empty();
        }
        return read.getOrDefault(record.deployed().getAsInt(), Optional.empty());
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
        return Optional.of(
                compiled.computeIfAbsent(
                        n,
                        _ ->
                                manifest.flatMap(m ->
                                        stored.version(n)
                                                .map(v ->
                                                        AppCompiler.compile(
                                                                stored, v, m, shared)))));
    }

    /** The desired version, worked out; empty while undeployed or still being read. */
    Optional<WantedApp> wanted() {
        if (record == null || record.deployed().isEmpty()) {
            return Optional.empty();
        }
        return at(record.deployed().getAsInt()).flatMap(v -> v);
    }

    /** Versions that were asked for since the last call. */
    Set<Integer> takeToAsk() {
        var numbers = Set.copyOf(toAsk);
        toAsk.clear();
        return numbers;
    }
}
