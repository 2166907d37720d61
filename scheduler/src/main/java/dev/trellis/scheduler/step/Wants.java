package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.Demand;
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
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What all apps of a lattice want together, and which app a thing belongs to. */
final class Wants implements Demand {
    private final Claimants<WorkloadId> ids = new Claimants<>();
    private final Claimants<LinkKey> links = new Claimants<>();
    private final Claimants<String> configs = new Claimants<>();
    private final List<App> oldestFirst;
    private final Map<WorkloadId, Set<AppName>> interested = new HashMap<>();
    private final Map<String, Set<AppName>> interestedInConfig = new HashMap<>();
    private final boolean complete;

    Wants(Collection<App> apps) {
        boolean allRead = true;
        oldestFirst = oldestFirst(apps);
        for (var app : oldestFirst) {
            var wanted = app.wanted();
            allRead &= wanted.isPresent() || !isDeployed(app);
            interest(app, app.owned);
            wanted.ifPresentOrElse(w -> want(app, w), () -> stillUses(app));
        }
        complete = allRead;
    }

    private void want(App app, WantedApp wanted) {
        var puts = app.puts();
        ids.wants(app.name, puts.components(), app.owned.components());
        ids.wants(app.name, puts.providers(), app.owned.providers());
        links.wants(app.name, puts.links(), app.owned.links());
        configs.wants(app.name, puts.configs(), app.owned.configs());
        configs.refersTo(app.name, wanted.external());
        app.lastExternal = wanted.external();
        interest(app, puts);
        wanted.external().forEach(name -> interested(app, name));
        wanted.links().forEach(l -> interested(app, l.target()));
    }

    /** What runs still uses the configs that it was started with. */
    private void stillUses(App app) {
        if (app.owned.hasWorkloads()) {
            configs.refersTo(app.name, app.lastExternal);
        }
    }

    /** By the time of the oldest version kept: a record's own revision moves with every note. */
    private static List<App> oldestFirst(Collection<App> apps) {
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

    /** All apps, whether deployed or not. */
    List<App> oldestFirst() {
        return oldestFirst;
    }

    @Override
    public Claim on(WorkloadId id, AppName app) {
        return ids.on(id, app);
    }

    @Override
    public Claim on(LinkKey link, AppName app) {
        return links.on(link, app);
    }

    @Override
    public Claim on(String config, AppName app) {
        return configs.on(config, app);
    }

    /** The same, were this what the app puts and the external names that it refers to. */
    Demand were(AppName app, Owned puts, Set<String> external) {
        return new Demand() {
            @Override
            public Claim on(WorkloadId id, AppName of) {
                boolean own = puts.components().contains(id) || puts.providers().contains(id);
                return own ? Claim.OWN : ids.besides(id, app);
            }

            @Override
            public Claim on(LinkKey link, AppName of) {
                return puts.links().contains(link) ? Claim.OWN : links.besides(link, app);
            }

            @Override
            public Claim on(String config, AppName of) {
                boolean own = puts.configs().contains(config) || external.contains(config);
                return own ? Claim.OWN : configs.besides(config, app);
            }
        };
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

    /** Apps that an id may belong to: the one that wants it, then those with something left. */
    Set<AppName> mayOwn(WorkloadId id) {
        var apps = new LinkedHashSet<AppName>();
        ids.owner(id).ifPresent(apps::add);
        apps.addAll(new TreeSet<>(interestedIn(id)));
        return apps;
    }

    /** The app that has something which {@code app} claims too. */
    Optional<String> claimedFrom(App app) {
        return claimedFrom(app.name, app.puts());
    }

    /** The same, were this what the app puts. */
    Optional<String> claimedFrom(AppName app, Owned puts) {
        var others = new TreeSet<AppName>();
        puts.components().forEach(id -> ids.owner(id).ifPresent(others::add));
        puts.providers().forEach(id -> ids.owner(id).ifPresent(others::add));
        puts.links().forEach(key -> links.owner(key).ifPresent(others::add));
        puts.configs().forEach(name -> configs.owner(name).ifPresent(others::add));
        others.remove(app);
        return others.stream().map(AppName::value).findFirst();
    }
}
