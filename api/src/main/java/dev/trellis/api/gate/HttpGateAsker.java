package dev.trellis.api.gate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.trellis.api.GateSettings;
import dev.trellis.api.store.GateHosts;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.rollout.Metric;
import dev.trellis.manifest.rollout.Webhook;
import dev.trellis.scheduler.port.GateAsker;
import dev.trellis.scheduler.rollout.GateAnswer;
import dev.trellis.scheduler.rollout.Question;
import dev.trellis.scheduler.rollout.Revision;
import dev.trellis.scheduler.rollout.Verdict;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Asks each question on a thread of its own. Redirects are not followed. */
public final class HttpGateAsker implements GateAsker {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration QUERY = Duration.ofSeconds(10);
    private static final int OK = 200;

    /** Bytes. A verdict or one sample is far smaller; a query that answers with more is wrong. */
    static final long MAX_ANSWER = 1 << 20;

    private final GateSettings settings;
    private final HttpClient http;

    public HttpGateAsker(GateSettings settings) {
        this.settings = settings;
        this.http =
                HttpClient.newBuilder()
                        .connectTimeout(CONNECT)
                        .followRedirects(HttpClient.Redirect.NEVER)
                        .build();
    }

    @Override
    public void ask(
            Question question,
            Map<String, String> candidate,
            Map<String, String> stable,
            Consumer<GateAnswer> whenAnswered) {
        var _ =
                Thread.ofVirtual()
                        .name("gate-" + question.gate())
                        .start(() -> whenAnswered.accept(answer(question, candidate, stable)));
    }

    private GateAnswer answer(
            Question question, Map<String, String> candidate, Map<String, String> stable) {
        try {
            return switch (question.ask()) {
                case Question.Ask.OfMetric(var metric) ->
                        measure(question, metric, candidate, stable);
                case Question.Ask.OfWebhook(var webhook) -> call(question, webhook);
            };
        } catch (IOException | IllegalArgumentException trouble) {
            return GateAnswer.error(question, String.valueOf(trouble.getMessage()));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            return GateAnswer.error(question, "stopped");
        }
    }

    private GateAnswer measure(
            Question question,
            Metric metric,
            Map<String, String> candidate,
            Map<String, String> stable)
            throws IOException, InterruptedException {
        var value = query(question, metric, candidate);
        boolean compares = metric.maxRatioToBaseline().isPresent() && !stable.isEmpty();
        var baseline = compares ? query(question, metric, stable) : OptionalDouble.empty();
        var message =
                (value.isPresent() ? "measured " + value.getAsDouble() : "no data")
                        + (baseline.isPresent() ? ", stable " + baseline.getAsDouble() : "");
        return GateAnswer.measured(question, value, baseline, message);
    }

    private OptionalDouble query(Question question, Metric metric, Map<String, String> references)
            throws IOException, InterruptedException {
        var query = URLEncoder.encode(filled(metric.query(), references), StandardCharsets.UTF_8);
        var base = metric.url().replaceAll("/+$", "");
        var seconds = question.at().toEpochMilli() / 1000.0;
        var url = URI.create(base + "/api/v1/query?query=" + query + "&time=" + seconds);
        var response = send(HttpRequest.newBuilder(allowed(url)).GET().build(), QUERY);
        return value(Json.parse(response.getBytes(StandardCharsets.UTF_8)));
    }

    /** {@code {{ref}}} stands for the only reference, <code>{{ref.NAME}}</code> for one of many. */
    static String filled(String query, Map<String, String> references) {
        var text = query;
        for (var reference : references.entrySet()) {
            text = text.replace("{{ref." + reference.getKey() + "}}", reference.getValue());
        }
        var first = references.values().stream().findFirst().orElse("");
        return text.replaceAll("\\{\\{ref}}", Matcher.quoteReplacement(first));
    }

    /** The first sample of a vector, or a scalar; one that is no number is no data. */
    static OptionalDouble value(JsonNode json) throws IOException {
        if (!json.path("status").asText().equals("success")) {
            throw new IOException("the query failed: " + json.path("error").asText("no reason"));
        }
        var result = json.path("data").path("result");
        boolean scalar = json.path("data").path("resultType").asText().equals("scalar");
        var sample = scalar ? result.path(1) : result.path(0).path("value").path(1);
        if (sample.isMissingNode()) {
            return OptionalDouble.empty();
        }
        try {
            double value = Double.parseDouble(sample.asText());
            return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
        } catch (NumberFormatException noNumber) {
            throw new IOException("the answer is no number: " + sample, noNumber);
        }
    }

    private GateAnswer call(Question question, Webhook webhook)
            throws IOException, InterruptedException {
        var body =
                Json.object()
                        .put("rollout", question.rollout())
                        .put("stage", question.stageName())
                        .put("wave", question.wave())
                        .put("candidate", question.candidate().label())
                        .put("stable", question.stable().map(Revision::label).orElse(""))
                        .put("planHash", question.planHash())
                        .put("attempt", question.attempt());
        var key = question.rollout() + "|" + question.stage() + "|" + question.attempt();
        var request =
                HttpRequest.newBuilder(allowed(URI.create(webhook.url())))
                        .header("Content-Type", "application/json")
                        .header("Idempotency-Key", key)
                        .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)))
                        .build();
        return said(
                question,
                Json.parse(send(request, webhook.timeout()).getBytes(StandardCharsets.UTF_8)));
    }

    /** Anything but one of the three words is no verdict. */
    static GateAnswer said(Question question, JsonNode json) {
        var verdict =
                switch (json.path("result").asText()) {
                    case "pass" -> Verdict.PASS;
                    case "fail" -> Verdict.FAIL;
                    default -> Verdict.INCONCLUSIVE;
                };
        return GateAnswer.said(question, verdict, json.path("message").asText());
    }

    private URI allowed(URI url) {
        if (!GateHosts.allows(settings.names(), url)) {
            throw new IllegalArgumentException(
                    "the host of " + url + " is not in the setting trellis.gates.hosts");
        }
        return url;
    }

    /** The whole exchange has this long: a request's own timeout ends with the headers. */
    private String send(HttpRequest request, Duration limit)
            throws IOException, InterruptedException {
        var body = HttpResponse.BodyHandlers.ofString();
        var sent = http.sendAsync(request, HttpResponse.BodyHandlers.limiting(body, MAX_ANSWER));
        try {
            var response = sent.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            if (response.statusCode() != OK) {
                throw new IOException("status " + response.statusCode());
            }
            return response.body();
        } catch (TimeoutException late) {
            throw new IOException("no answer within " + Json.duration(limit), late);
        } catch (ExecutionException failed) {
            throw new IOException(sentence(failed.getCause()), failed);
        } finally {
            sent.cancel(true);
        }
    }

    /** The client's own messages are sometimes empty, as of a refused connection. */
    private static String sentence(@Nullable Throwable cause) {
        var message = cause == null ? null : cause.getMessage();
        return message != null ? message : "no connection (" + cause + ")";
    }
}
