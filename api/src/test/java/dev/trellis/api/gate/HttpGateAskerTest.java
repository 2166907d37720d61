package dev.trellis.api.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.trellis.api.GateSettings;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.rollout.Metric;
import dev.trellis.manifest.rollout.NoData;
import dev.trellis.manifest.rollout.Webhook;
import dev.trellis.scheduler.rollout.GateAnswer;
import dev.trellis.scheduler.rollout.Question;
import dev.trellis.scheduler.rollout.Question.Ask;
import dev.trellis.scheduler.rollout.Revision;
import dev.trellis.scheduler.rollout.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Gates are asked of a server of the test's own. */
final class HttpGateAskerTest {
    private static final Map<String, String> CANDIDATE = Map.of("api", "reg.example/api:2");
    private static final Map<String, String> STABLE = Map.of("api", "reg.example/api:1");
    private static final Duration SHORT = Duration.ofMillis(200);
    private static final int NO_LENGTH = 0;

    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    private record Heard(String method, String query, String key, String body) {}

    @FunctionalInterface
    private interface Reply {
        void to(HttpExchange exchange) throws IOException;
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void aWebhookPassesOrFailsByItsOwnWord() {
        answering(200, "{\"result\":\"pass\",\"message\":\"all well\"}");
        var passed = ask(webhook());
        assertThat(passed.said()).contains(Verdict.PASS);
        assertThat(passed.message()).isEqualTo("all well");
        assertThat(passed.attempt()).isEqualTo(3);

        answering(200, "{\"result\":\"fail\",\"message\":\"errors\"}");
        assertThat(ask(webhook()).said()).contains(Verdict.FAIL);
    }

    @Test
    void aWebhookThatSaysAnythingElseIsInconclusive() {
        for (var body : List.of("{\"result\":\"PASS\"}", "{}", "[]", "\"pass\"")) {
            answering(200, body);
            assertThat(ask(webhook()).said()).as(body).contains(Verdict.INCONCLUSIVE);
        }
        answering(200, "pass");
        assertThat(ask(webhook()).error()).as("no JSON").isPresent();
    }

    @Test
    void aWebhookIsToldWhatItIsAboutUnderOneKeyForEachAttempt() throws IOException {
        answering(200, "{\"result\":\"pass\"}");

        assertThat(ask(webhook()).said()).contains(Verdict.PASS);
        assertThat(ask(webhook()).said()).contains(Verdict.PASS);

        var first = heard.getFirst();
        assertThat(first.method()).isEqualTo("POST");
        assertThat(first.key()).isEqualTo("r1|1|3").isEqualTo(heard.getLast().key());
        var body = Json.parse(first.body().getBytes(StandardCharsets.UTF_8));
        assertThat(body.path("rollout").asText()).isEqualTo("r1");
        assertThat(body.path("stage").asText()).isEqualTo("canary");
        assertThat(body.path("wave").asInt()).isEqualTo(2);
        assertThat(body.path("candidate").asText()).isEqualTo("2");
        assertThat(body.path("stable").asText()).isEqualTo("1");
        assertThat(body.path("planHash").asText()).isEqualTo("sha256:p");
        assertThat(body.path("attempt").asInt()).isEqualTo(3);
    }

    @Test
    void aMetricIsAskedForTheCandidateAndForStableAtOneInstant() {
        answering(200, vector("0.25"));

        var answer = ask(metric(OptionalDouble.of(1.5)));

        assertThat(answer.value()).hasValue(0.25);
        assertThat(answer.baseline()).hasValue(0.25);
        assertThat(heard).hasSize(2);
        assertThat(heard.get(0).query()).contains("errors{ref=\"reg.example/api:2\"}");
        assertThat(heard.get(1).query()).contains("errors{ref=\"reg.example/api:1\"}");
        assertThat(time(heard.get(0))).isEqualTo(time(heard.get(1))).isNotEmpty();
    }

    @Test
    void stableIsNotAskedForWhereNothingIsComparedToIt() {
        answering(200, vector("2"));

        var answer = ask(metric(OptionalDouble.empty()));

        assertThat(answer.value()).hasValue(2);
        assertThat(answer.baseline()).isEmpty();
        assertThat(heard).hasSize(1);
    }

    @Test
    void noSampleAndNoNumberAreNoData() {
        answering(
                200, "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}}");
        var none = ask(metric(OptionalDouble.empty()));
        assertThat(none.value()).isEmpty();
        assertThat(none.error()).isEmpty();

        answering(200, vector("NaN"));
        assertThat(ask(metric(OptionalDouble.empty())).value()).isEmpty();
    }

    @Test
    void anErrorIsNeitherPassNorFail() {
        answering(500, "{\"result\":\"pass\"}");
        assertError(ask(webhook()), "status 500");
        answering(302, "{\"result\":\"pass\"}");
        assertError(ask(webhook()), "status 302");
        answering(200, "{\"status\":\"error\",\"error\":\"parse error\"}");
        assertError(ask(metric(OptionalDouble.empty())), "parse error");
        answering(200, vector("many"));
        assertError(ask(metric(OptionalDouble.empty())), "no number");
    }

    @Test
    void aServerThatIsNotThereIsAnErrorWithAReason() {
        var url = url();
        server.stop(0);

        assertError(ask(new Ask.OfWebhook(new Webhook(url, Duration.ofSeconds(5)))), "onnect");
    }

    @Test
    void aWebhookThatIsSilentIsWaitedForNoLongerThanItsTimeout() {
        reply(_ -> await());

        assertError(ask(new Ask.OfWebhook(new Webhook(url(), SHORT))), "no answer within");
    }

    @Test
    void anAnswerThatStopsHalfWayIsWaitedForNoLongerThanTheTimeout() {
        reply(exchange -> {
            exchange.sendResponseHeaders(200, NO_LENGTH);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            await();
        });

        assertError(ask(new Ask.OfWebhook(new Webhook(url(), SHORT))), "no answer within");
    }

    @Test
    void anAnswerLargerThanAnyVerdictIsNotRead() {
        var filler = "x".repeat((int) HttpGateAsker.MAX_ANSWER);
        answering(200, "{\"result\":\"pass\",\"message\":\"" + filler + "\"}");

        assertThat(ask(webhook()).error()).isPresent();
        assertThat(ask(webhook()).said()).isEmpty();
    }

    @Test
    void aHostThatNobodyAllowedIsNotEvenCalled() {
        answering(200, "{\"result\":\"pass\"}");

        var answer = ask(new GateSettings(Optional.of("prom.example")), webhook());

        assertError(answer, "trellis.gates.hosts");
        assertThat(heard).isEmpty();
        assertError(ask(GateSettings.DEFAULTS, webhook()), "trellis.gates.hosts");
    }

    private static void assertError(GateAnswer answer, String part) {
        assertThat(answer.error()).isPresent();
        assertThat(answer.error().orElseThrow()).contains(part);
        assertThat(answer.said()).isEmpty();
        assertThat(answer.value()).isEmpty();
    }

    private void await() {
        try {
            assertThat(over.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String vector(String value) {
        return "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":"
                + "[{\"metric\":{},\"value\":[1,\""
                + value
                + "\"]}]}}";
    }

    private static String time(Heard heard) {
        return heard.query().replaceFirst(".*&time=", "");
    }

    private void answering(int status, String body) {
        reply(exchange -> {
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        });
    }

    private void reply(Reply reply) {
        try {
            server.removeContext("/");
        } catch (IllegalArgumentException none) {
            assertThat(none).as("the first reply replaces none").isNotNull();
        }
        server.createContext(
                "/",
                exchange -> {
                    try (exchange) {
                        var query = String.valueOf(exchange.getRequestURI().getRawQuery());
                        heard.add(
                                new Heard(
                                        exchange.getRequestMethod(),
                                        URLDecoder.decode(query, StandardCharsets.UTF_8),
                                        String.valueOf(
                                                exchange.getRequestHeaders()
                                                        .getFirst("Idempotency-Key")),
                                        new String(
                                                exchange.getRequestBody().readAllBytes(),
                                                StandardCharsets.UTF_8)));
                        reply.to(exchange);
                    }
                });
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private Ask webhook() {
        return new Ask.OfWebhook(new Webhook(url(), Webhook.DEFAULT_TIMEOUT));
    }

    private Ask metric(OptionalDouble ratio) {
        return new Ask.OfMetric(
                new Metric(
                        "errors",
                        url() + "/",
                        "errors{ref=\"{{ref}}\"}",
                        OptionalDouble.of(1),
                        OptionalDouble.empty(),
                        ratio,
                        Metric.DEFAULT_INTERVAL,
                        Metric.DEFAULT_MIN_SAMPLES,
                        NoData.INCONCLUSIVE,
                        false));
    }

    private static GateAnswer ask(Ask ask) {
        return ask(new GateSettings(Optional.of("127.0.0.1")), ask);
    }

    private static GateAnswer ask(GateSettings settings, Ask ask) {
        var answer = new CompletableFuture<GateAnswer>();
        var question =
                new Question(
                        "r1",
                        1,
                        "canary",
                        2,
                        "gate",
                        3,
                        ask,
                        new Revision(2, 0),
                        Optional.of(new Revision(1, 0)),
                        "sha256:p",
                        Instant.parse("2026-11-22T10:00:00Z"));
        new HttpGateAsker(settings).ask(question, CANDIDATE, STABLE, answer::complete);
        return answer.orTimeout(20, TimeUnit.SECONDS).join();
    }
}
