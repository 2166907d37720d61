package dev.trellis.api.wadm;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.ChangeResult;
import dev.trellis.api.store.DeployListener;
import dev.trellis.api.store.Document;
import dev.trellis.api.store.Precondition;
import dev.trellis.api.store.PutResult;
import dev.trellis.api.store.Refusals;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.ManifestWriter;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.wanted.AppRecord;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The operations of wadm's API on the store that the HTTP API acts on too. Each answers with what
 * is to be sent back; it throws {@code StoreUnavailableException} when the store does not answer.
 */
@Singleton
final class ModelOperations {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final String BY = "nats";

    private final AppRepository apps;
    private final AppCatalog catalog;
    private final AppStatuses statuses;
    private final DeployListener listener;

    ModelOperations(
            AppRepository apps, AppCatalog catalog, AppStatuses statuses, DeployListener listener) {
        this.apps = apps;
        this.catalog = catalog;
        this.statuses = statuses;
        this.listener = listener;
    }

    ObjectNode put(LatticeName lattice, Manifest manifest, Document document) {
        return switch (apps.put(lattice, manifest, document, Precondition.NONE, BY)) {
            case PutResult.Created(var app, var version) -> stored(lattice, manifest, app, version);
            case PutResult.Unchanged(var app, var version) ->
                    stored(lattice, manifest, app, version);
            // clients look for "already exists"
            case PutResult.VersionExists(var version) ->
                    ModelReplies.error("Manifest version " + version + " already exists");
            case PutResult.PreconditionFailed() ->
                    throw new IllegalStateException("no precondition was given");
            case PutResult.TooLarge(var bytes) ->
                    ModelReplies.error(
                            "the manifest has %d bytes when compressed, more than NATS takes in one message"
                                    .formatted(bytes));
        };
    }

    private ObjectNode stored(
            LatticeName lattice, Manifest manifest, StoredApp app, AppRecord.Version version) {
        var versions = app.record().versions();
        var missing = apps.missingShared(lattice, manifest);
        var text = "Successfully put manifest " + manifest.name() + " " + version.version();
        return ModelReplies.stored(
                versions.size() == 1,
                manifest.name(),
                version.version(),
                versions.size(),
                missing.isEmpty()
                        ? text
                        : text
                                + ", but some shared components are not deployed: "
                                + Json.text(array(missing)));
    }

    private static ArrayNode array(Iterable<String> texts) {
        var array = Json.object().putArray("texts");
        texts.forEach(array::add);
        return array;
    }

    /** Summaries by name, as a bare array. */
    ArrayNode list(LatticeName lattice) {
        catalog.refresh();
        var array = Json.object().putArray("models");
        catalog.apps(lattice).forEach(app -> array.add(statuses.summary(app)));
        return array;
    }

    ObjectNode getAll(LatticeName lattice) {
        var reply = ModelReplies.result("success", "Successfully fetched list of applications");
        reply.set("models", list(lattice));
        return reply;
    }

    ObjectNode get(LatticeName lattice, String name, Optional<String> version) {
        var found = find(lattice, name);
        if (found.isEmpty()) {
            return ModelReplies.notFound(name);
        }
        var app = found.get();
        var chosen = version.map(v -> named(app, v)).orElse(Optional.of(app.latest()));
        var revision = chosen.flatMap(v -> apps.revision(lattice, app.name(), v.n()));
        if (revision.isEmpty()) {
            return ModelReplies.result(
                    "notfound",
                    "Application %s with version %s doesn't exist"
                            .formatted(name, version.orElse(app.latest().version())));
        }
        var reply =
                ModelReplies.result(
                        "success",
                        "Successfully fetched application "
                                + name
                                + version.map(v -> " " + v).orElse(""));
        reply.set("manifest", json(revision.get().manifest()));
        return reply;
    }

    private static JsonNode json(Manifest manifest) {
        try {
            return Json.parse(ManifestWriter.jsonOfTexts(manifest));
        } catch (IOException impossible) {
            throw new IllegalStateException("what was just written is JSON", impossible);
        }
    }

    ObjectNode versions(LatticeName lattice, String name) {
        var found = find(lattice, name);
        var versions = Json.object().putArray("versions");
        if (found.isEmpty()) {
            return ModelReplies.versions("notfound", ModelReplies.noApp(name), versions);
        }
        var app = found.get();
        for (var version : app.versions()) {
            versions.addObject()
                    .put("version", version.version())
                    .put("deployed", app.deployed().equals(OptionalInt.of(version.n())));
        }
        return ModelReplies.versions(
                "success", "Successfully fetched versions for application " + name, versions);
    }

    ObjectNode status(LatticeName lattice, String name) {
        return find(lattice, name)
                .map(app -> {
                    var reply =
                            ModelReplies.result(
                                    "ok", "Successfully fetched status for application " + name);
                    reply.set("status", statuses.plain(app));
                    return reply;
                })
                .orElseGet(() -> ModelReplies.notFound(name));
    }

    ObjectNode deploy(LatticeName lattice, String name, Optional<String> version) {
        if (!NAME.matcher(name).matches()) {
            return notDeployed(name, version);
        }
        var result = apps.deploy(lattice, new AppName(name), version, false, Precondition.NONE);
        return switch (result) {
            case ChangeResult.Done done -> {
                var deployed = done.version().map(AppRecord.Version::version).orElseThrow();
                yield ModelReplies.deploy(
                        "acknowledged",
                        "Successfully deployed application " + name + " " + deployed,
                        name,
                        Optional.of(deployed));
            }
            case ChangeResult.NoApp() -> notDeployed(name, version);
            case ChangeResult.NoVersion(var missing) ->
                    ModelReplies.deploy(
                            "error",
                            "Application with the name '%s' does not have a version '%s' to deploy"
                                    .formatted(name, missing),
                            name,
                            Optional.of(missing));
            default -> ModelReplies.error(Refusals.sentence(result));
        };
    }

    private static ObjectNode notDeployed(String name, Optional<String> version) {
        return ModelReplies.deploy("notfound", ModelReplies.noApp(name), name, version);
    }

    ObjectNode undeploy(LatticeName lattice, String name) {
        if (!NAME.matcher(name).matches()) {
            return notDeployed(name, Optional.empty());
        }
        var result = apps.undeploy(lattice, new AppName(name), Precondition.NONE);
        return switch (result) {
            case ChangeResult.Done done ->
                    ModelReplies.deploy(
                            "acknowledged",
                            done.from().isPresent()
                                    ? "Successfully undeployed application " + name
                                    : "Application " + name + " was already undeployed",
                            name,
                            Optional.empty());
            case ChangeResult.NoApp() -> notDeployed(name, Optional.empty());
            default -> ModelReplies.error(Refusals.sentence(result));
        };
    }

    /** {@code version}: empty for all of them. */
    ObjectNode delete(LatticeName lattice, String name, Optional<String> version) {
        if (!NAME.matcher(name).matches()) {
            return noSuchApp(name);
        }
        var app = new AppName(name);
        // what "latest" means may have changed since the caller looked: it deletes nothing
        if (version.filter(Manifest.LATEST_VERSION::equals).isPresent()) {
            return find(lattice, name)
                    .map(_ -> noSuchVersion(Manifest.LATEST_VERSION))
                    .orElseGet(() -> noSuchApp(name));
        }
        var result = apps.delete(lattice, app, version, Precondition.NONE);
        return switch (result) {
            case ChangeResult.Deleted(var _, var undeployed, var left) ->
                    deleted(name, version, undeployed, left.isEmpty());
            case ChangeResult.NoApp() -> {
                // the event of the delete before this one may have been lost
                listener.undeployed(lattice, app);
                yield noSuchApp(name);
            }
            case ChangeResult.NoVersion(var missing) -> noSuchVersion(missing);
            default -> ModelReplies.error(Refusals.sentence(result));
        };
    }

    private static ObjectNode deleted(
            String name, Optional<String> version, boolean undeployed, boolean last) {
        if (version.isEmpty()) {
            return ModelReplies.deleted(
                    "deleted", "Successfully deleted application " + name, true);
        }
        return ModelReplies.deleted(
                "deleted",
                last
                        ? "Successfully deleted last version of application " + name
                        : "Successfully deleted version %s of application %s"
                                .formatted(version.get(), name),
                undeployed || last);
    }

    private static ObjectNode noSuchApp(String name) {
        return ModelReplies.deleted(
                "noop", "Application " + name + " doesn't exist or was already deleted", false);
    }

    private static ObjectNode noSuchVersion(String version) {
        return ModelReplies.deleted(
                "noop", "Application version " + version + " doesn't exist", false);
    }

    private Optional<AppRecord> find(LatticeName lattice, String name) {
        return NAME.matcher(name).matches()
                ? apps.find(lattice, new AppName(name)).map(StoredApp::record)
                : Optional.empty();
    }

    private static Optional<AppRecord.Version> named(AppRecord app, String version) {
        return app.versions().stream().filter(v -> v.version().equals(version)).findFirst();
    }
}
