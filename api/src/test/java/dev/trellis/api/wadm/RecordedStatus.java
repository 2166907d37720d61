package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.AppStatus.ComponentStatus;
import dev.trellis.scheduler.decide.AppStatus.HostEntry;
import dev.trellis.scheduler.decide.AppStatus.LinkStatus;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.wanted.AppRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the loop would say where wadm said a recorded status. */
final class RecordedStatus {
    private static final Pattern LEFT = Pattern.compile("Scaling (\\w+) on (\\d+) host\\(s\\)");
    private static final Pattern LINK = Pattern.compile("(.*) -\\((.*)\\)-> (.*)");

    private RecordedStatus() {}

    /** {@code providers}: names of those components that are capabilities. */
    static AppStatus of(JsonNode status, AppRecord app, List<String> providers) {
        var components = new LinkedHashMap<String, ComponentStatus>();
        var links = new ArrayList<LinkStatus>();
        var hosts = new ArrayList<HostEntry>();
        for (var scaler : status.path("scalers")) {
            var name = scaler.path("name").asText();
            var message = scaler.path("status").path("message").asText();
            var link = LINK.matcher(name);
            if (link.matches()) {
                links.add(
                        new LinkStatus(
                                link.group(1),
                                link.group(3),
                                "default",
                                link.group(2) + "/incoming-handler",
                                message.isEmpty()));
            } else if (!components.containsKey(name)) {
                var component = name.substring(name.indexOf('-') + 1);
                var left = LEFT.matcher(message);
                int changing = left.matches() ? Integer.parseInt(left.group(2)) : 0;
                for (int i = 0; i < changing; i++) {
                    hosts.add(host(component, "N" + i, 0, "Starting"));
                }
                hosts.add(host(component, "NX", 1, "Good"));
                components.put(
                        name,
                        component(component, name, 100 + changing, providers.contains(component)));
            }
        }
        return status(
                app,
                Phase.valueOf(status.path("status").path("type").asText().toUpperCase(Locale.ROOT)),
                List.copyOf(components.values()),
                links,
                hosts);
    }

    static AppStatus of(AppRecord app, Phase phase) {
        return status(app, phase, List.of(), List.of(), List.of());
    }

    private static AppStatus status(
            AppRecord app,
            Phase phase,
            List<ComponentStatus> components,
            List<LinkStatus> links,
            List<HostEntry> hosts) {
        return new AppStatus(
                app.name(),
                Optional.of(app.uid()),
                phase,
                "",
                app.deployedVersion().map(AppRecord.Version::version),
                Optional.of(app.latest().version()),
                List.of(),
                components,
                links,
                List.of(),
                Optional.empty(),
                hosts);
    }

    private static ComponentStatus component(String name, String id, int wanted, boolean provider) {
        return new ComponentStatus(
                name,
                id,
                provider ? "capability" : "component",
                "file:///components/one.wasm",
                wanted,
                // running elsewhere than here, so that only the hosts tell how far it is
                wanted,
                0,
                Map.of(),
                List.of(),
                Optional.empty());
    }

    private static HostEntry host(String component, String host, int running, String state) {
        return new HostEntry(component, new HostId(host), 1, running, "v1", state);
    }
}
