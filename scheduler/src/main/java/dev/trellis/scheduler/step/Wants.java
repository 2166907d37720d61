package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.AppPlanner;
import dev.trellis.scheduler.decide.WantedApp;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.wanted.Owned;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What all apps of a lattice want together, and which app a thing belongs to. */
final class Wants {
    private final Owned all;
    private final boolean complete;
    private final Map<WorkloadId, AppName> ids = new HashMap<>();
    private final Map<LinkKey, AppName> links = new HashMap<>();
    private final Map<String, AppName> configs = new HashMap<>();
    private final Map<WorkloadId, Set<AppName>> interested = new HashMap<>();
    private final Map<String, Set<AppName>> interestedInConfig = new HashMap<>();

    /** Where two apps claim one thing, the older one has it. */
    Wants(Collection<App> apps) {
        var components = new TreeSet<WorkloadId>();
        var providers = new TreeSet<WorkloadId>();
        var linkKeys = new TreeSet<LinkKey>();
        var names = new TreeSet<String>();
        boolean allRead = true;
        for (var app : oldestFirst(apps)) {
            var wanted = app.wanted();
            allRead &= wanted.isPresent() || !isDeployed(app);
            interest(app, app.owned);
            if (wanted.isEmpty()) {
                continue;
            }
            var puts = AppPlanner.puts(wanted.get());
            components.addAll(puts.components());
            providers.addAll(puts.providers());
            linkKeys.addAll(puts.links());
            names.addAll(puts.configs());
            puts.components().forEach(id -> ids.putIfAbsent(id, app.name));
            puts.providers().forEach(id -> ids.putIfAbsent(id, app.name));
            puts.links().forEach(key -> links.putIfAbsent(key, app.name));
            puts.configs().forEach(name -> configs.putIfAbsent(name, app.name));
            interest(app, puts);
            wanted.get().external().forEach(name -> interested(app, name));
            wanted.get().links().forEach(l -> interested(app, l.target()));
        }
        all = new Owned(components, providers, linkKeys, names);
        complete = allRead;
    }

    /** By the time of the oldest version kept: a record's own revision moves with every note. */
    private static Collection<App> oldestFirst(Collection<App> apps) {
        return apps.stream()
                .sorted(Comparator.comparing(Wants::since).thenComparing(app -> app.name))
                .toList();
    }

    private static Instant since(App app) {
        return app.record().map(r -> r.versions().getFirst().at()).orElse(Instant.MAX);
    }

    private static boolean isDeployed(App app) {
        return app.record().filter(r -> r.deployed().isPresent()).isPresent();
    }

    private void interest(App app, Owned things) {
        things.components().forEach(id -> interested(app, id));
        things.providers().forEach(id -> interested(app, id));
        things.configs().forEach(name -> interested(app, name));
    }

    private void interested(App app, WorkloadId id) {
        interested.computeIfAbsent(id, _ -> new HashSet<>()).add(app.name);
    }

    private void interested(App app, String config) {
        interestedInConfig.computeIfAbsent(config, _ -> new HashSet<>()).add(app.name);
    }

    Owned all() {
        return all;
    }

    /** Every deployed app is read: what is not wanted here is wanted by nobody. */
    boolean isComplete() {
        return complete;
    }

    Set<AppName> interestedIn(WorkloadId id) {
        return interested.getOrDefault(id, Set.of());
    }

    Set<AppName> interestedIn(String config) {
        return interestedInConfig.getOrDefault(config, Set.of());
    }

    Optional<AppName> owner(WorkloadId id) {
        var owner = ids.get(id);
        if (owner != null) {
            return Optional.of(owner);
        }
        return interestedIn(id).stream().findFirst();
    }

    boolean isKnown(WorkloadId id) {
        return interested.containsKey(id);
    }

    /** The app that has something which {@code app} claims too. */
    Optional<String> claimedFrom(WantedApp app) {
        var puts = AppPlanner.puts(app);
        var others = new TreeSet<AppName>();
        puts.components().forEach(id -> other(ids.get(id), app, others));
        puts.providers().forEach(id -> other(ids.get(id), app, others));
        puts.links().forEach(key -> other(links.get(key), app, others));
        puts.configs().forEach(name -> other(configs.get(name), app, others));
        return others.stream().map(AppName::value).findFirst();
    }

    private static void other(@Nullable AppName owner, WantedApp app, Set<AppName> others) {
        if (owner != null && !owner.equals(app.app())) {
            others.add(owner);
        }
    }
}
