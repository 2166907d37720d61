package dev.trellis.api.wadm;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Names;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.Trait;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.AppStatus.ComponentStatus;
import dev.trellis.scheduler.decide.AppStatus.LinkStatus;
import dev.trellis.scheduler.decide.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An app's status as wadm's scalers would give it: one for each scaler and link trait, in the order
 * of the manifest, and one after the others for a provider that has no scaler trait.
 */
final class Scalers {
    private static final String SPREAD = "SpreadScaler";
    private static final String DAEMON = "DaemonScaler";
    private static final String LINK = "LinkScaler";

    private final AppStatus status;
    private final List<LinkStatus> linksLeft;

    Scalers(AppStatus status) {
        this.status = status;
        this.linksLeft = new ArrayList<>(status.links());
    }

    /** Without the manifest, components before links. */
    List<Scaler> of(Optional<Manifest> manifest) {
        var scalers = new ArrayList<Scaler>();
        if (manifest.isPresent()) {
            manifest.get().components().forEach(c -> add(scalers, manifest.get(), c));
        } else {
            status.components().forEach(c -> scalers.add(scaler(SPREAD, c, 0)));
            status.links().forEach(l -> scalers.add(link(l)));
        }
        return scalers;
    }

    private void add(List<Scaler> scalers, Manifest manifest, Component component) {
        boolean scaled = false;
        for (var trait : component.traits()) {
            switch (trait) {
                case Trait.SpreadScaler(var instances, var _) -> {
                    scaled = true;
                    workload(component).ifPresent(c -> scalers.add(scaler(SPREAD, c, instances)));
                }
                case Trait.DaemonScaler(var instances, var _) -> {
                    scaled = true;
                    workload(component).ifPresent(c -> scalers.add(scaler(DAEMON, c, instances)));
                }
                case Trait.Link link -> scalers.add(link(manifest, component, link));
                case Trait.Other _ -> {}
            }
        }
        if (!scaled
                && component.kind() == Component.Kind.CAPABILITY
                && component.source() instanceof Source.Image) {
            workload(component).ifPresent(c -> scalers.add(scaler(SPREAD, c, 1)));
        }
    }

    private Optional<ComponentStatus> workload(Component component) {
        return status.components().stream()
                .filter(c -> c.name().equals(component.name()))
                .findFirst();
    }

    private Scaler scaler(String kind, ComponentStatus component, int instances) {
        var id = status.app() + "/" + component.name() + "/" + kind;
        var ended =
                isUnplanned(kind, component, instances)
                        ? Optional.<Ended>empty()
                        : ended(component);
        return new Scaler(
                id,
                kind,
                component.id(),
                ended.map(e -> e.type()).orElse("reconciling"),
                ended.map(e -> e.message()).orElseGet(() -> scaling(component)));
    }

    /** While a host is not known yet nothing is placed, and what runs counts as what is wanted. */
    private boolean isUnplanned(String kind, ComponentStatus component, int instances) {
        boolean all = kind.equals(SPREAD) && component.type().equals("component");
        return status.phase() == Phase.RECONCILING
                && (all
                        ? component.wanted() < instances
                        : instances > 0 && component.wanted() == 0);
    }

    private record Ended(String type, String message) {}

    /** Empty while there is something to be done for it. */
    private Optional<Ended> ended(ComponentStatus component) {
        int unplaced = component.wanted() - placed(component);
        if (status.phase() == Phase.FAILED && component.lastError().isPresent()) {
            return Optional.of(new Ended("failed", component.lastError().get().message()));
        }
        if (status.phase() == Phase.FAILED && unplaced > 0) {
            return Optional.of(new Ended("failed", unplaced(component, unplaced)));
        }
        if (toChange(component) > 0 || component.running() != component.wanted()) {
            return Optional.empty();
        }
        return Optional.of(
                component.unhealthy() > 0
                        ? new Ended(
                                "unhealthy",
                                component.unhealthy() + " provider(s) report ill health")
                        : new Ended("deployed", ""));
    }

    private static String unplaced(ComponentStatus component, int unplaced) {
        var lacking =
                component.spreads().stream()
                        .filter(spread -> spread.running() < spread.wanted())
                        .map(AppStatus.SpreadStatus::name)
                        .toList();
        return "%d instance(s) fit on no host: spreads %s".formatted(unplaced, lacking);
    }

    private String scaling(ComponentStatus component) {
        boolean provider = component.type().equals("capability");
        return "Scaling %s on %d host(s)"
                .formatted(provider ? "provider" : "component", Math.max(1, toChange(component)));
    }

    private int placed(ComponentStatus component) {
        return status.hosts().stream()
                .filter(host -> host.component().equals(component.name()))
                .mapToInt(AppStatus.HostEntry::wanted)
                .sum();
    }

    private int toChange(ComponentStatus component) {
        return (int)
                status.hosts().stream()
                        .filter(host -> host.component().equals(component.name()))
                        .filter(host -> !host.state().equals("Good"))
                        .count();
    }

    /** A link that has no status has an end that is missing. */
    private Scaler link(Manifest manifest, Component component, Trait.Link trait) {
        for (var link : linksLeft) {
            if (link.name().equals(trait.name())
                    && link.scope().equals(scope(trait))
                    && isSource(manifest, component, link)) {
                linksLeft.remove(link);
                return link(link);
            }
        }
        var source = Names.componentId(manifest.name(), component);
        return link(
                source,
                trait.namespace() + ":" + trait.packageName(),
                trait.target().name(),
                trait.name(),
                "failed",
                "Link target " + trait.target().name() + " is not deployed");
    }

    private static boolean isSource(Manifest manifest, Component component, LinkStatus link) {
        // the id of a shared component is known only to who resolved it
        return component.source() instanceof Source.Shared
                || link.source().equals(Names.componentId(manifest.name(), component));
    }

    private static String scope(Trait.Link link) {
        return link.namespace()
                + ":"
                + link.packageName()
                + "/"
                + String.join(",", link.interfaces());
    }

    private Scaler link(LinkStatus link) {
        int slash = link.scope().indexOf('/');
        return link(
                link.source(),
                slash < 0 ? link.scope() : link.scope().substring(0, slash),
                link.target(),
                link.name(),
                link.present() ? "deployed" : "reconciling",
                link.present()
                        ? ""
                        : "Putting link definition between %s and %s"
                                .formatted(link.source(), link.target()));
    }

    private Scaler link(
            String source, String scope, String target, String link, String type, String message) {
        var name = source + " -(" + scope + ")-> " + target;
        return new Scaler(status.app() + "/" + name + "/" + link, LINK, name, type, message);
    }
}
