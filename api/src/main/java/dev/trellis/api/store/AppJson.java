package dev.trellis.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.wanted.AppRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The value of {@code app.<lattice>.<app>}. */
final class AppJson {
    private AppJson() {}

    static byte[] write(StoredApp app) {
        var record = app.record();
        var json = StoreJson.MAPPER.createObjectNode();
        json.put("uid", record.uid()).put("lastN", app.lastN());
        var versions = json.putArray("versions");
        for (var v : record.versions()) {
            versions.addObject()
                    .put("n", v.n())
                    .put("version", v.version())
                    .put("hash", v.hash())
                    .put("at", v.at().toString())
                    .put("by", v.by());
        }
        StoreJson.put(json, "deployed", record.deployed());
        StoreJson.put(json, "lastGood", record.lastGood());
        StoreJson.put(json, "goodBefore", record.goodBefore());
        var restarts = json.putObject("restarts");
        record.restarts().forEach((n, times) -> restarts.put(Integer.toString(n), times));
        var rejected = json.putArray("rejected");
        record.rejected().forEach(rejected::add);
        StoreJson.putHold(json, record.hold());
        json.put("deploys", record.deploys());
        if (record.orphaned()) {
            json.put("orphaned", true);
        }
        if (record.adopted()) {
            json.put("adopted", true);
        }
        var about = json.putObject("about");
        app.about().description().ifPresent(text -> about.put("description", text));
        var labels = about.putObject("labels");
        app.about().labels().forEach(labels::put);
        about.put("shared", app.about().shared());
        return StoreJson.bytes(json);
    }

    static StoredApp read(LatticeName lattice, AppName name, KvBucket.Entry entry) {
        var json = StoreJson.parse(entry.value());
        var record =
                new AppRecord(
                        lattice,
                        name,
                        json.path("uid").asText(),
                        entry.revision(),
                        versions(json.path("versions")),
                        StoreJson.number(json, "deployed"),
                        StoreJson.number(json, "lastGood"),
                        StoreJson.number(json, "goodBefore"),
                        restarts(json.path("restarts")),
                        texts(json.path("rejected")),
                        StoreJson.hold(json),
                        json.path("orphaned").asBoolean(),
                        json.path("adopted").asBoolean(),
                        json.path("deploys").asLong());
        return new StoredApp(record, json.path("lastN").asInt(), about(json.path("about")));
    }

    private static List<AppRecord.Version> versions(JsonNode json) {
        var versions = new ArrayList<AppRecord.Version>();
        json.forEach(v ->
                versions.add(
                        new AppRecord.Version(
                                v.path("n").asInt(),
                                v.path("version").asText(),
                                v.path("hash").asText(),
                                Instant.parse(v.path("at").asText()),
                                v.path("by").asText())));
        return versions;
    }

    private static SortedMap<Integer, Integer> restarts(JsonNode json) {
        var restarts = new TreeMap<Integer, Integer>();
        json.properties()
                .forEach(e -> restarts.put(Integer.valueOf(e.getKey()), e.getValue().asInt()));
        return restarts;
    }

    private static List<String> texts(JsonNode json) {
        var texts = new ArrayList<String>();
        json.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static StoredApp.About about(JsonNode json) {
        var labels = new TreeMap<String, String>();
        json.path("labels")
                .properties()
                .forEach(e -> labels.put(e.getKey(), e.getValue().asText()));
        return new StoredApp.About(
                StoreJson.text(json, "description"), labels, json.path("shared").asBoolean());
    }
}
