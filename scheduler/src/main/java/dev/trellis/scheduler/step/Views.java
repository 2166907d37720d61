package dev.trellis.scheduler.step;

import dev.trellis.scheduler.decide.Annotations;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.Host;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.port.LatticeOwner.HostView;
import dev.trellis.scheduler.port.LatticeOwner.Overview;
import dev.trellis.scheduler.wanted.AppRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the owner's memory says to people who ask. */
final class Views {
    private final Lattice lattice;

    Views(Lattice lattice) {
        this.lattice = lattice;
    }

    Overview overview(Duration eventLag) {
        var phases = new TreeMap<String, Integer>();
        int removing = 0;
        for (var app : lattice.apps.values()) {
            if (app.record().isEmpty()) {
                removing++;
            } else if (app.published != null) {
                phases.merge(app.published.phase().word(), 1, Integer::sum);
            }
        }
        int suspect =
                (int)
                        lattice.view.hosts().keySet().stream()
                                .filter(lattice.liveness::isSuspect)
                                .count();
        int orphans = 0;
        for (var host : hosts()) {
            orphans += host.orphans().size();
        }
        return new Overview(
                lattice.settling.isSettled() && !lattice.liveness.inDoubt(),
                lattice.view.hosts().size() - suspect,
                suspect,
                cordoned(),
                draining(),
                phases,
                removing,
                orphans,
                eventLag);
    }

    private int cordoned() {
        return (int)
                lattice.view.hosts().keySet().stream()
                        .filter(host -> lattice.marks.of(host).isPresent())
                        .count();
    }

    private int draining() {
        return (int)
                lattice.view.hosts().keySet().stream()
                        .flatMap(host -> lattice.marks.of(host).stream())
                        .filter(mark -> mark.draining().isPresent())
                        .count();
    }

    /** Live and suspect hosts, by id. */
    List<HostView> hosts() {
        var views = new ArrayList<HostView>();
        var situation = lattice.situation();
        for (var host : lattice.view.hosts().values()) {
            var apps = new TreeMap<WorkloadId, AppName>();
            var versions = new TreeMap<WorkloadId, String>();
            var ill = new TreeSet<WorkloadId>();
            var orphans = new TreeSet<WorkloadId>();
            for (var entry : host.inventory().workloads().entrySet()) {
                var id = entry.getKey();
                var running = entry.getValue();
                var owner =
                        lattice.wants().mayOwn(id).stream()
                                .filter(app -> situation.isOurs(app, running))
                                .findFirst();
                if (owner.isPresent()) {
                    apps.put(id, owner.get());
                    versionName(owner.get(), running).ifPresent(v -> versions.put(id, v));
                } else if (Annotations.saysOurs(lattice.manager, running)) {
                    orphans.add(id);
                }
                if (lattice.view.isUnhealthy(host.id(), id)) {
                    ill.add(id);
                }
            }
            views.add(
                    new HostView(
                            host.inventory(),
                            lattice.liveness.isSuspect(host.id()) ? "Suspect" : "Live",
                            lattice.liveness.lastHeard(host.id()),
                            apps,
                            versions,
                            ill,
                            orphans,
                            lattice.marks.of(host.id()),
                            lattice.marks
                                    .of(host.id())
                                    .filter(mark -> mark.draining().isPresent())
                                    .map(_ -> draining(host, apps.keySet()))));
        }
        return views;
    }

    /** Versions that some entry of the app was started by, as its annotation says. */
    Set<Integer> running(AppName name) {
        var found = new TreeSet<Integer>();
        for (var host : lattice.view.hosts().values()) {
            for (var running : host.inventory().workloads().values()) {
                if (Annotations.app(running).filter(name.value()::equals).isPresent()) {
                    Annotations.versionNumber(running).ifPresent(found::add);
                }
            }
        }
        return found;
    }

    private HostView.Draining draining(Host host, Set<WorkloadId> ours) {
        int left = 0;
        for (var id : ours) {
            left += host.running(id).map(Running::instances).orElse(0);
        }
        var why = new ArrayList<String>();
        for (var app : lattice.apps.values()) {
            if (lattice.isHeld(app) && app.memory().isIntended(host.id())) {
                why.add(app.name + " is held");
            }
            why.addAll(app.memory().whatKeeps(host.id()));
        }
        return new HostView.Draining(left, left == 0 ? "" : String.join("; ", why));
    }

    private Optional<String> versionName(AppName app, Running running) {
        var n = Annotations.versionNumber(running);
        return n.isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(lattice.apps.get(app))
                        .flatMap(App::record)
                        .flatMap(record -> record.version(n.getAsInt()))
                        .map(AppRecord.Version::version);
    }
}
