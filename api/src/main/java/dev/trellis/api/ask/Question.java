package dev.trellis.api.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import dev.trellis.api.view.Page;
import dev.trellis.scheduler.port.LatticeOwner.Candidate;
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

    /**
     * @param host also what this host has to do with the app
     */
    record Explain(String app, Optional<String> host) implements Question {}

    /**
     * What deploying a version would send.
     *
     * @param commands the page of its commands; empty: without them
     */
    record Plan(String app, Candidate candidate, Optional<Page> commands) implements Question {}

    /** What {@link Rebalance} would send. */
    record PlanRebalance(String app, Optional<Page> commands) implements Question {}

    /** Not a question: a wish that only the owner can keep. Asked twice it does no more. */
    record Rebalance(String app) implements Question {}

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
            case Explain(var app, var host) -> {
                json.put("ask", "explain").put("app", app);
                Json.put(json, "host", host);
            }
            case Plan(var app, var candidate, var commands) -> {
                json.put("ask", "plan").put("app", app);
                json.set("candidate", CandidateJson.write(candidate));
                commands.ifPresent(page -> page(json, page));
            }
            case PlanRebalance(var app, var commands) -> {
                json.put("ask", "planRebalance").put("app", app);
                commands.ifPresent(page -> page(json, page));
            }
            case Rebalance(var app) -> json.put("ask", "rebalance").put("app", app);
        }
        return json;
    }

    /** Empty for a question that this version does not know. */
    static Optional<Question> of(JsonNode json) {
        return switch (json.path("ask").asText()) {
            case "overview" -> Optional.of(new Overview());
            case "status" -> Optional.of(new Status(json.path("app").asText(), optionalPage(json)));
            case "hosts" -> Optional.of(new Hosts(text(json, "label"), page(json)));
            case "host" -> Optional.of(new Host(json.path("id").asText()));
            case "running" -> Optional.of(new Running(json.path("app").asText()));
            case "import" ->
                    Optional.of(
                            new Import(
                                    json.path("dryRun").asBoolean(true), json.path("by").asText()));
            case "explain" ->
                    Optional.of(new Explain(json.path("app").asText(), text(json, "host")));
            case "plan" ->
                    CandidateJson.read(json.path("candidate"))
                            .map(candidate ->
                                    new Plan(
                                            json.path("app").asText(),
                                            candidate,
                                            optionalPage(json)));
            case "planRebalance" ->
                    Optional.of(new PlanRebalance(json.path("app").asText(), optionalPage(json)));
            case "rebalance" -> Optional.of(new Rebalance(json.path("app").asText()));
            default -> Optional.empty();
        };
    }

    private static void page(ObjectNode json, Page page) {
        json.put("limit", page.limit());
        Json.put(json, "after", page.after());
    }

    private static Optional<Page> optionalPage(JsonNode json) {
        return json.has("limit") ? Optional.of(page(json)) : Optional.empty();
    }

    private static Page page(JsonNode json) {
        int limit = Math.clamp(json.path("limit").asInt(Page.DEFAULT_LIMIT), 1, Page.MOST);
        return new Page(limit, text(json, "after"));
    }

    private static Optional<String> text(JsonNode json, String member) {
        return Optional.ofNullable(json.path(member).textValue());
    }
}
