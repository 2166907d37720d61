package dev.trellis.api.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import dev.trellis.api.view.Page;
import java.util.Optional;

/** What is asked of the owner of a lattice, and its form on the wire. */
public sealed interface Question {
    record Overview() implements Question {}

    /**
     * @param hosts the page of its hosts; empty: without them
     */
    record Status(String app, Optional<Page> hosts) implements Question {}

    /**
     * @param label {@code k=v}
     */
    record Hosts(Optional<String> label, Page page) implements Question {}

    record Host(String id) implements Question {}

    /** Which versions of an app hosts run. */
    record Running(String app) implements Question {}

    /**
     * @param dryRun only say what would be done
     * @param by who asked for it
     */
    record Import(boolean dryRun, String by) implements Question {}

    /** As a request over NATS. */
    default ObjectNode toJson() {
        var json = Json.object();
        switch (this) {
            case Overview() -> json.put("ask", "overview");
            case Status(var app, var hosts) -> {
                json.put("ask", "status").put("app", app);
                hosts.ifPresent(page -> page(json, page));
            }
            case Hosts(var label, var page) -> {
                json.put("ask", "hosts");
                Json.put(json, "label", label);
                page(json, page);
            }
            case Host(var id) -> json.put("ask", "host").put("id", id);
            case Running(var app) -> json.put("ask", "running").put("app", app);
            case Import(var dryRun, var by) ->
                    json.put("ask", "import").put("dryRun", dryRun).put("by", by);
        }
        return json;
    }

    /** Empty for a question that this version does not know. */
    static Optional<Question> of(JsonNode json) {
        return switch (json.path("ask").asText()) {
            case "overview" -> Optional.of(new Overview());
            case "status" ->
                    Optional.of(
                            new Status(
                                    json.path("app").asText(),
                                    json.has("limit")
                                            ? Optional.of(page(json))
                                            : Optional.empty()));
            case "hosts" -> Optional.of(new Hosts(text(json, "label"), page(json)));
            case "host" -> Optional.of(new Host(json.path("id").asText()));
            case "running" -> Optional.of(new Running(json.path("app").asText()));
            case "import" ->
                    Optional.of(
                            new Import(
                                    json.path("dryRun").asBoolean(true), json.path("by").asText()));
            default -> Optional.empty();
        };
    }

    private static void page(ObjectNode json, Page page) {
        json.put("limit", page.limit());
        Json.put(json, "after", page.after());
    }

    private static Page page(JsonNode json) {
        int limit = Math.clamp(json.path("limit").asInt(Page.DEFAULT_LIMIT), 1, Page.MOST);
        return new Page(limit, text(json, "after"));
    }

    private static Optional<String> text(JsonNode json, String member) {
        return Optional.ofNullable(json.path(member).textValue());
    }
}
