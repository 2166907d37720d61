package dev.trellis.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ParseResult;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.StoreUnavailableException;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueOperation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * wadm's bucket, which is only read (wadm-api 4.3): {@code <lattice>} holds the names of the apps,
 * {@code <lattice>-<app>} all versions of one, both with {@code <account>-} in front where wadm had
 * many tenants. A key is ambiguous where names hold a dash, so only what the list of names says is
 * looked up, and only what has the name inside as well is believed.
 */
final class WadmManifests {
    private static final int NOT_FOUND = 404;
    private static final int STREAM_NOT_FOUND = 10059;

    private final Connection nats;
    private final ImportSettings settings;

    WadmManifests(Connection nats, ImportSettings settings) {
        this.nats = nats;
        this.settings = settings;
    }

    /**
     * All apps of a lattice in the order of the list; none where there is no bucket.
     *
     * @throws StoreUnavailableException when the store does not answer
     */
    List<WadmApp> read(LatticeName lattice) {
        try {
            if (!exists()) {
                return List.of();
            }
            var bucket = nats.keyValue(settings.bucket(), options());
            var apps = new ArrayList<WadmApp>();
            for (var name : names(bucket, lattice)) {
                value(bucket, key(lattice) + "-" + name).ifPresent(v -> apps.add(app(name, v)));
            }
            return apps;
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            throw new StoreUnavailableException(
                    "store unavailable: bucket=" + settings.bucket() + " call=read", failed);
        }
    }

    private boolean exists() throws IOException, JetStreamApiException {
        try {
            var _ = nats.keyValueManagement(options()).getStatus(settings.bucket());
            return true;
        } catch (JetStreamApiException refused) {
            if (refused.getErrorCode() == NOT_FOUND
                    || refused.getApiErrorCode() == STREAM_NOT_FOUND) {
                return false;
            }
            throw refused;
        }
    }

    private KeyValueOptions options() {
        var js = JetStreamOptions.builder().requestTimeout(settings.timeout()).build();
        return KeyValueOptions.builder().jetStreamOptions(js).build();
    }

    private String key(LatticeName lattice) {
        return settings.account().map(account -> account + "-").orElse("") + lattice;
    }

    /** Nothing where the key holds something else: an app of a lattice whose name is shorter. */
    private List<String> names(KeyValue bucket, LatticeName lattice)
            throws IOException, JetStreamApiException {
        var names = new ArrayList<String>();
        var stored = value(bucket, key(lattice)).flatMap(WadmManifests::json);
        if (stored.filter(JsonNode::isArray).isPresent()) {
            stored.get().forEach(name -> names.add(name.asText()));
        }
        return names;
    }

    private static Optional<byte[]> value(KeyValue bucket, String key)
            throws IOException, JetStreamApiException {
        KeyValueEntry entry = bucket.get(key);
        return entry == null || entry.getOperation() != KeyValueOperation.PUT
                ? Optional.empty()
                : Optional.ofNullable(entry.getValue());
    }

    private static Optional<JsonNode> json(byte[] value) {
        try {
            return Optional.of(StoreJson.parse(value));
        } catch (UncheckedIOException foreign) {
            return Optional.empty();
        }
    }

    private static WadmApp app(String name, byte[] value) {
        var stored = json(value).orElse(null);
        if (stored == null || !stored.path("manifests").isObject()) {
            return WadmApp.unreadable(name, "the record is not one of wadm");
        }
        var versions = new ArrayList<WadmApp.Version>();
        var left = new ArrayList<String>();
        for (var entry : stored.path("manifests").properties()) {
            switch (ManifestReader.read(StoreJson.bytes(entry.getValue()), Format.JSON)) {
                case ParseResult.Refused(var problems) ->
                        left.add("version %s: %s".formatted(entry.getKey(), first(problems)));
                case ParseResult.Accepted(var manifest, var _) -> {
                    if (!manifest.name().equals(name)) {
                        return WadmApp.unreadable(
                                name, "the record is of app %s".formatted(manifest.name()));
                    }
                    versions.add(
                            new WadmApp.Version(
                                    entry.getKey(), manifest.withVersion(entry.getKey())));
                }
            }
        }
        var deployed = StoreJson.text(stored, "deployed_version");
        return new WadmApp(name, versions, deployed, left, Optional.empty());
    }

    private static String first(List<ManifestProblem> problems) {
        var problem = problems.getFirst();
        return problem.path() + " " + problem.message();
    }
}
