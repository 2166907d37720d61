package dev.trellis.api.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/** The full status of an app. */
public final class StatusView {
    private StatusView() {}

    /** Without hosts. */
    public static ObjectNode of(LatticeName lattice, AppStatus status) {
        var json = Json.object();
        json.put("lattice", lattice.value()).put("app", status.app().value());
        json.put("phase", status.phase().word());
        Json.put(json, "deployedVersion", status.deployed());
        Json.put(json, "latestVersion", status.latest());
        json.put("message", status.message());
        var conditions = json.putArray("conditions");
        status.conditions().forEach(c -> condition(conditions, c));
        var components = json.putArray("components");
        status.components().forEach(c -> component(components, c));
        links(json.putArray("links"), status.links());
        var configs = json.putArray("configs");
        for (var config : status.configs()) {
            configs.addObject()
                    .put("name", config.name())
                    .put("present", config.present())
                    .put("managed", config.managed());
        }
        status.upgrade().ifPresent(up -> upgrade(json.putObject("upgrade"), up));
        status.rollout().ifPresent(r -> json.set("rollout", RolloutView.summary(r)));
        return json;
    }

    /** An entry of the hosts; its place in the order is {@link #hostKey}. */
    public static ObjectNode host(AppStatus.HostEntry host) {
        return Json.object()
                .put("component", host.component())
                .put("host", host.host().value())
                .put("wanted", host.wanted())
                .put("running", host.running())
                .put("version", host.version())
                .put("state", host.state());
    }

    /** By component and host id. */
    public static List<AppStatus.HostEntry> sorted(List<AppStatus.HostEntry> hosts) {
        return hosts.stream().sorted(Comparator.comparing(StatusView::hostKey)).toList();
    }

    public static String hostKey(AppStatus.HostEntry host) {
        return host.component() + "\u0001" + host.host();
    }

    private static void condition(ArrayNode conditions, AppStatus.Condition condition) {
        var json =
                conditions
                        .addObject()
                        .put("type", condition.type())
                        .put("status", condition.status())
                        .put("reason", condition.reason())
                        .put("message", condition.message())
                        .put("lastTransition", Json.time(condition.lastTransition()));
        Json.put(json, "observedVersion", condition.observedVersion());
    }

    private static void component(ArrayNode components, AppStatus.ComponentStatus component) {
        var json =
                components
                        .addObject()
                        .put("name", component.name())
                        .put("id", component.id())
                        .put("type", component.type())
                        .put("image", component.image())
                        .put("wanted", component.wanted())
                        .put("running", component.running())
                        .put("unhealthy", component.unhealthy());
        var versions = json.putObject("versions");
        new TreeMap<>(component.versions()).forEach(versions::put);
        var spreads = json.putArray("spreads");
        for (var spread : component.spreads()) {
            spreads.addObject()
                    .put("name", spread.name())
                    .put("wanted", spread.wanted())
                    .put("running", spread.running());
        }
        component.lastError().ifPresent(error -> lastError(json.putObject("lastError"), error));
    }

    private static void lastError(ObjectNode json, AppStatus.LastError error) {
        json.put("message", error.message());
        error.host().ifPresent(host -> json.put("host", host.value()));
        json.put("count", error.count())
                .put("firstSeen", Json.time(error.firstSeen()))
                .put("lastSeen", Json.time(error.lastSeen()));
        error.nextRetry().ifPresent(at -> json.put("nextRetry", Json.time(at)));
    }

    private static void links(ArrayNode json, List<AppStatus.LinkStatus> links) {
        for (var link : links) {
            json.addObject()
                    .put("source", link.source())
                    .put("target", link.target())
                    .put("name", link.name())
                    .put("interface", link.scope())
                    .put("present", link.present());
        }
    }

    private static void upgrade(ObjectNode json, AppStatus.Upgrade upgrade) {
        json.put("from", upgrade.from())
                .put("to", upgrade.to())
                .put("hosts", upgrade.hosts())
                .put("moved", upgrade.moved())
                .put("inTransition", upgrade.inTransition())
                .put("budget", upgrade.budget());
    }
}
