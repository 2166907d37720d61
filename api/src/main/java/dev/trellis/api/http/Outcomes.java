package dev.trellis.api.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.ask.Answer;
import dev.trellis.api.ask.OwnerAsk;
import dev.trellis.api.ask.Question;
import dev.trellis.api.store.AppCatalog;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.Json;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.wanted.AppRecord;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/** Holds an answer until a deploy has come to something, or the time is up. */
@Singleton
final class Outcomes {
    private static final Duration LOOK = Duration.ofMillis(100);
    private static final int ATTEMPTS = 3;

    private final OwnerAsk owner;
    private final AppCatalog catalog;

    /** What ended the wait. */
    private record Outcome(String word, String reason) {}

    Outcomes(OwnerAsk owner, AppCatalog catalog) {
        this.owner = owner;
        this.catalog = catalog;
    }

    /**
     * @param app as the deploy wrote it
     */
    MutableHttpResponse<String> await(StoredApp app, AppRecord.Version version, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        var lattice = app.record().lattice();
        var question = new Question.Status(app.record().name().value(), Optional.empty());
        while (true) {
            var status =
                    owner.ask(lattice, question) instanceof Answer.Found(var json)
                            ? Optional.of(json)
                            : Optional.<ObjectNode>empty();
            var outcome =
                    rolled(app.record(), status)
                            .or(() -> replaced(app.record(), version))
                            .or(() -> reached(status, version));
            boolean late = System.nanoTime() >= deadline;
            if (outcome.isPresent() || late || !pause()) {
                return answer(app, version, outcome, status);
            }
        }
    }

    private static MutableHttpResponse<String> answer(
            StoredApp app,
            AppRecord.Version version,
            Optional<Outcome> outcome,
            Optional<ObjectNode> status) {
        var json = Json.object();
        outcome.ifPresent(o -> json.put("outcome", o.word()).put("reason", o.reason()));
        if (outcome.isEmpty()) {
            json.put("app", app.record().name().value());
        }
        // after a rollback, what runs now
        var runs =
                status.filter(_ -> outcome.filter(o -> o.word().equals("RolledBack")).isPresent())
                        .map(s -> s.path("deployedVersion").asText())
                        .orElse(version.version());
        json.put("version", runs);
        status.ifPresent(s -> json.set("status", s));
        var code = outcome.isPresent() ? HttpStatus.OK : HttpStatus.ACCEPTED;
        return Replies.tagged(Replies.json(code, json), app.record().revision());
    }

    /** Somebody else meanwhile wished otherwise. The catalog may still be behind our own write. */
    private Optional<Outcome> replaced(AppRecord ours, AppRecord.Version version) {
        var now = catalog.app(ours.lattice(), ours.name()).map(StoredApp::record);
        if (now.isEmpty()) {
            return Optional.empty();
        }
        var app = now.get();
        if (app.revision() <= ours.revision()) {
            return Optional.empty();
        }
        if (!app.uid().equals(ours.uid()) || app.deployed().isEmpty()) {
            return Optional.of(new Outcome("Failed", "Undeployed"));
        }
        return app.deployed().getAsInt() == version.n()
                ? Optional.empty()
                : Optional.of(new Outcome("Failed", "Superseded"));
    }

    /** The rollout of this very deploy went back or was stopped. */
    private static Optional<Outcome> rolled(AppRecord ours, Optional<ObjectNode> status) {
        return status.map(s -> s.path("rollout"))
                .filter(r -> r.path("id").asText().equals(ours.rolloutId()))
                .flatMap(r ->
                        switch (r.path("phase").asText()) {
                            case "RolledBack" ->
                                    Optional.of(
                                            new Outcome("RolledBack", r.path("reason").asText()));
                            case "Halted" -> Optional.of(new Outcome("Failed", "Halted"));
                            default -> Optional.empty();
                        });
    }

    private static Optional<Outcome> reached(
            Optional<ObjectNode> status, AppRecord.Version version) {
        return status.filter(s -> version.version().equals(s.path("deployedVersion").textValue()))
                .flatMap(Outcomes::reached);
    }

    private static Optional<Outcome> reached(ObjectNode status) {
        var phase = status.path("phase").asText();
        if (phase.equals(Phase.DEPLOYED.word()) && !status.has("upgrade")) {
            return Optional.of(new Outcome("Deployed", "Deployed"));
        }
        if (!phase.equals(Phase.FAILED.word())) {
            return Optional.empty();
        }
        boolean retried = false;
        boolean given = false;
        for (JsonNode component : status.path("components")) {
            var error = component.path("lastError");
            retried |= error.has("nextRetry");
            given |= error.path("count").asInt() >= ATTEMPTS;
        }
        return retried && !given
                ? Optional.empty()
                : Optional.of(new Outcome("Failed", status.path("message").asText()));
    }

    /** False when the process is about to stop. */
    private static boolean pause() {
        try {
            Thread.sleep(LOOK);
            return true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
