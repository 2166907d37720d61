package dev.trellis.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.scheduler.observe.LinkKey;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.wanted.Owned;
import java.util.SortedSet;
import java.util.TreeSet;

/** The value of {@code owned.<lattice>.<app>}. */
final class OwnedJson {
    private OwnedJson() {}

    static byte[] write(Owned owned) {
        var json = StoreJson.MAPPER.createObjectNode();
        var components = json.putArray("components");
        owned.components().forEach(id -> components.add(id.value()));
        var providers = json.putArray("providers");
        owned.providers().forEach(id -> providers.add(id.value()));
        var links = json.putArray("links");
        for (var key : owned.links()) {
            links.addObject()
                    .put("source", key.source().value())
                    .put("name", key.name())
                    .put("namespace", key.namespace())
                    .put("package", key.packageName());
        }
        var configs = json.putArray("configs");
        owned.configs().forEach(configs::add);
        if (owned.adopted()) {
            json.put("adopted", true);
        }
        return StoreJson.bytes(json);
    }

    static Owned read(byte[] value) {
        var json = StoreJson.parse(value);
        var links = new TreeSet<LinkKey>();
        json.path("links").forEach(link -> links.add(link(link)));
        var configs = new TreeSet<String>();
        json.path("configs").forEach(name -> configs.add(name.asText()));
        return new Owned(
                ids(json.path("components")),
                ids(json.path("providers")),
                links,
                configs,
                json.path("adopted").asBoolean());
    }

    private static SortedSet<WorkloadId> ids(JsonNode json) {
        var ids = new TreeSet<WorkloadId>();
        json.forEach(id -> ids.add(new WorkloadId(id.asText())));
        return ids;
    }

    private static LinkKey link(JsonNode json) {
        return new LinkKey(
                new WorkloadId(json.path("source").asText()),
                json.path("name").asText(),
                json.path("namespace").asText(),
                json.path("package").asText());
    }
}
