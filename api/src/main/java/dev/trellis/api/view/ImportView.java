package dev.trellis.api.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.store.ImportReport;
import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.decide.Step;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.Adoption;

/** What came of an import. */
public final class ImportView {
    private ImportView() {}

    public static ObjectNode of(LatticeName lattice, ImportReport report, boolean wadmAnswers) {
        var json =
                Json.object()
                        .put("lattice", lattice.value())
                        .put("dryRun", report.dryRun())
                        .put("wadmAnswers", wadmAnswers);
        var apps = json.putArray("apps");
        for (var app : report.apps()) {
            var item = apps.addObject().put("name", app.name());
            if (!app.versions().isEmpty()) {
                var versions = item.putArray("versions");
                app.versions().forEach(versions::add);
            }
            app.deployed().ifPresent(version -> item.put("deployedVersion", version));
            item.put("action", app.action().word());
            report.found()
                    .map(found -> found.apps().get(new AppName(app.name())))
                    .ifPresent(adopted -> adopted(item.putObject("adopted"), adopted));
            if (!app.message().isEmpty()) {
                item.put("message", app.message());
            }
        }
        report.found().ifPresent(found -> found(json, found));
        return json;
    }

    private static void adopted(ObjectNode json, Adoption.Adopted adopted) {
        json.put("components", adopted.components())
                .put("providers", adopted.providers())
                .put("links", adopted.links())
                .put("configs", adopted.configs());
    }

    private static void found(ObjectNode json, Adoption found) {
        var unknown = json.putArray("unknown");
        for (var one : found.unknown()) {
            unknown.addObject()
                    .put("host", one.host().value())
                    .put("id", one.id().value())
                    .put("message", one.why());
        }
        var commands = json.putArray("commands");
        found.steps().forEach(step -> step(commands, step));
        if (!found.certain()) {
            json.put("message", "the lattice is not known well enough yet: there may be more");
        }
    }

    private static void step(ArrayNode commands, Step step) {
        var json = commands.addObject();
        switch (step.command()) {
            case Command.Scale scale ->
                    json.put("host", scale.host().value())
                            .put("action", "scale")
                            .put("component", scale.id().value())
                            .put("to", scale.count());
            case Command.StartProvider start ->
                    json.put("host", start.host().value())
                            .put("action", "startProvider")
                            .put("component", start.id().value());
            case Command.StopProvider stop ->
                    json.put("host", stop.host().value())
                            .put("action", "stopProvider")
                            .put("component", stop.id().value());
            case Command.PutConfig(var name, _) ->
                    json.put("action", "putConfig").put("config", name);
            case Command.DeleteConfig(var name) ->
                    json.put("action", "deleteConfig").put("config", name);
            case Command.PutLink(var link) ->
                    json.put("action", "putLink")
                            .put("source", link.source().value())
                            .put("target", link.target().value());
            case Command.DeleteLink(var key) ->
                    json.put("action", "deleteLink")
                            .put("source", key.source().value())
                            .put("link", key.name());
        }
        json.put("reason", step.reason());
    }
}
