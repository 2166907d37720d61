package dev.trellis.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.StatusSink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One server for all; each test has a lattice of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AppsIT {
    private final NatsServer server = NatsServer.start();
    private final HttpApi api = new HttpApi(server);

    @AfterAll
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void aPutIsStoredAsANewVersionAndEqualContentIsNothingNew() {
        var first = put("put", "shop", "v1", 1);
        var again = put("put", "shop", "v1", 1);
        var other = put("put", "shop", "v1", 2);

        assertThat(first.status()).as(first.body()).isEqualTo(201);
        assertThat(first.json().path("created").asBoolean()).isTrue();
        assertThat(first.json().path("n").asInt()).isEqualTo(1);
        assertThat(first.header("ETag")).matches("\"\\d+\"");
        assertThat(first.header("Location")).isEqualTo("/api/v1/lattices/put/apps/shop?version=v1");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().path("code").asText()).isEqualTo("VersionExists");
        assertThat(other.header("Content-Type")).startsWith("application/problem+json");
    }

    @Test
    void aManifestIsGivenAsItWasSentOrInTheTypeThatIsAccepted() {
        var yaml = Yaml.app("shop", "v1", 1);
        assertThat(api.put("/api/v1/lattices/get/apps/shop", yaml).status()).isEqualTo(201);

        var sent = api.get("/api/v1/lattices/get/apps/shop");
        var json = api.get("/api/v1/lattices/get/apps/shop", "Accept", "application/json");
        var same = api.get("/api/v1/lattices/get/apps/shop", "If-None-Match", sent.header("ETag"));

        assertThat(sent.body()).isEqualTo(yaml);
        assertThat(sent.header("Content-Type")).startsWith("application/yaml");
        assertThat(json.json().path("metadata").path("name").asText()).isEqualTo("shop");
        assertThat(same.status()).isEqualTo(304);
        assertThat(
                        api.get("/api/v1/lattices/get/apps/shop?version=v9")
                                .json()
                                .path("code")
                                .asText())
                .isEqualTo("VersionNotFound");
        assertThat(api.get("/api/v1/lattices/get/apps/shop?version=deployed").status())
                .isEqualTo(404);
    }

    @Test
    void preconditionsAreHonoured() {
        var tag = put("etag", "shop", "v1", 1).header("ETag");
        var path = "/api/v1/lattices/etag/apps/shop";

        assertThat(api.put(path, Yaml.app("shop", "v2", 2), "If-None-Match", "*").status())
                .isEqualTo(412);
        assertThat(api.put(path, Yaml.app("shop", "v2", 2), "If-Match", "\"1\"").status())
                .isEqualTo(412);
        var second = api.put(path, Yaml.app("shop", "v2", 2), "If-Match", tag);
        assertThat(second.status()).isEqualTo(201);
        assertThat(api.post(path + "/deploy", "", "If-Match", tag).status()).isEqualTo(412);
        assertThat(api.delete(path, "If-Match", tag).status()).isEqualTo(412);
        assertThat(api.delete(path, "If-Match", second.header("ETag")).status()).isEqualTo(200);
    }

    @Test
    void deployUndeployHoldAndReleaseSayWhatTheyDid() {
        var path = "/api/v1/lattices/verbs/apps/shop";
        assertThat(put("verbs", "shop", "v1", 1).status()).isEqualTo(201);

        var deployed = api.post(path + "/deploy", "");
        assertThat(deployed.status()).as(deployed.body()).isEqualTo(202);
        assertThat(deployed.json().path("version").asText()).isEqualTo("v1");
        assertThat(deployed.json().has("from")).isFalse();
        assertThat(api.get(path + "/status?summary=true").json().path("deployedVersion").asText())
                .isEqualTo("v1");

        var held =
                api.post(
                        path + "/hold", "{\"reason\":\"why\"}", "Content-Type", "application/json");
        assertThat(held.json().path("hold").path("reason").asText()).isEqualTo("why");
        assertThat(api.get(path + "/status?summary=true").json().path("held").asBoolean()).isTrue();
        assertThat(api.post(path + "/release", "").status()).isEqualTo(200);

        var undeployed = api.post(path + "/undeploy", "");
        assertThat(undeployed.status()).isEqualTo(202);
        assertThat(undeployed.json().path("from").asText()).isEqualTo("v1");
        assertThat(api.post(path + "/undeploy", "").status()).isEqualTo(200);
    }

    @Test
    void aPutWithDeployThatIsRefusedIsStoredAllTheSame() {
        var claimed = Yaml.app("blog", "v1", 1).replace("image:", "id: same\n        image:");
        var shop = Yaml.app("shop", "v1", 1).replace("image:", "id: same\n        image:");
        assertThat(api.put("/api/v1/lattices/claim/apps/shop?deploy=true", shop).status())
                .isEqualTo(201);
        await(() -> listed("claim").contains("shop"));
        await(() -> api.get("/api/v1/lattices/claim/apps").body().contains("deployedVersion"));

        var refused = api.put("/api/v1/lattices/claim/apps/blog?deploy=true", claimed);

        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.json().path("code").asText()).isEqualTo("Claimed");
        assertThat(refused.json().path("stored").asBoolean()).isTrue();
        assertThat(refused.header("Location")).endsWith("/apps/blog?version=v1");
        assertThat(api.get("/api/v1/lattices/claim/apps/blog").status()).isEqualTo(200);
    }

    @Test
    void listsArePagedAndFiltered() {
        for (var name : List.of("a", "b", "c", "d", "e")) {
            assertThat(put("list", name, "v1", 1).status()).isEqualTo(201);
        }
        await(() -> listed("list").size() == 5);

        var first = api.get("/api/v1/lattices/list/apps?limit=2").json();
        var second =
                api.get("/api/v1/lattices/list/apps?limit=2&cursor=" + first.path("next").asText())
                        .json();
        var third =
                api.get("/api/v1/lattices/list/apps?limit=2&cursor=" + second.path("next").asText())
                        .json();

        assertThat(first.path("items").findValuesAsText("name")).containsExactly("a", "b");
        assertThat(second.path("items").findValuesAsText("name")).containsExactly("c", "d");
        assertThat(third.path("items").findValuesAsText("name")).containsExactly("e");
        assertThat(third.has("next")).isFalse();
        assertThat(api.get("/api/v1/lattices/list/apps?label=team=db").json().path("items"))
                .isEmpty();
        assertThat(
                        api.get("/api/v1/lattices/list/apps?label=team=web&phase=Undeployed")
                                .json()
                                .path("items"))
                .hasSize(5);
    }

    @Test
    void versionsArePagedInOrderOfCreationAndDeletedOneByOne() {
        for (int i = 1; i <= 3; i++) {
            assertThat(put("versions", "shop", "v" + i, i).status()).isEqualTo(201);
        }
        var path = "/api/v1/lattices/versions/apps/shop";

        var page = api.get(path + "/versions?limit=2").json();
        var rest = api.get(path + "/versions?limit=2&cursor=" + page.path("next").asText()).json();
        var one = api.delete(path + "?version=v2").json();
        var all = api.delete(path).json();

        assertThat(page.path("items").findValuesAsText("version")).containsExactly("v1", "v2");
        assertThat(rest.path("items").findValuesAsText("version")).containsExactly("v3");
        assertThat(one.toString())
                .isEqualTo("{\"app\":\"shop\",\"deleted\":[\"v2\"],\"undeployed\":false}");
        assertThat(all.path("deleted")).hasSize(2);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void aWaitEndsWhenTheVersionIsSeenDeployed() {
        var lattice = new LatticeName("wait");
        api.owner.owned.add(lattice);
        api.owner.statuses.put(new AppName("shop"), Seen.status(Phase.RECONCILING, "v1"));
        assertThat(put("wait", "shop", "v1", 1).status()).isEqualTo(201);

        var early = api.post("/api/v1/lattices/wait/apps/shop/deploy?wait=200ms", "");
        api.owner.statuses.put(new AppName("shop"), Seen.status(Phase.DEPLOYED, "v1"));
        var done = api.post("/api/v1/lattices/wait/apps/shop/deploy?wait=20s", "");

        assertThat(early.status()).isEqualTo(202);
        assertThat(early.json().path("status").path("phase").asText()).isEqualTo("Reconciling");
        assertThat(early.json().has("outcome")).isFalse();
        assertThat(done.status()).isEqualTo(200);
        assertThat(done.json().path("outcome").asText()).isEqualTo("Deployed");
    }

    @Test
    void whatOnlyTheOwnerKnowsIsUnreachableWithoutOne() {
        assertThat(put("lost", "shop", "v1", 1).status()).isEqualTo(201);

        var status = api.get("/api/v1/lattices/lost/apps/shop/status");
        var hosts = api.get("/api/v1/lattices/lost/hosts");

        assertThat(status.status()).as(status.body()).isEqualTo(503);
        assertThat(status.json().path("code").asText()).isEqualTo("OwnerUnreachable");
        assertThat(status.header("Retry-After")).isEqualTo("2");
        assertThat(hosts.status()).isEqualTo(503);
        await(() -> api.get("/api/v1/lattices/lost").status() == 200);
        assertThat(api.get("/api/v1/lattices/lost").json().has("settled")).isFalse();
    }

    @Test
    void anotherProcessAsksTheOwnerOverNats() {
        api.owner.owned.add(new LatticeName("far"));
        api.owner.hosts.add(Seen.host("NB"));
        api.owner.hosts.add(Seen.host("NA"));
        try (var other = new HttpApi(server)) {
            var hosts = other.get("/api/v1/lattices/far/hosts?limit=1&label=region=eu");
            var next =
                    other.get(
                            "/api/v1/lattices/far/hosts?limit=1&cursor="
                                    + hosts.json().path("next").asText());
            var one = other.get("/api/v1/lattices/far/hosts/NA");

            assertThat(hosts.json().path("items").findValuesAsText("id")).containsExactly("NA");
            assertThat(next.json().path("items").findValuesAsText("id")).containsExactly("NB");
            assertThat(one.json().path("uptime").asText()).isEqualTo("26h");
            assertThat(other.get("/api/v1/lattices/far/hosts/NX").json().path("code").asText())
                    .isEqualTo("HostNotFound");
        }
    }

    @Test
    void aPublishedStatusIsInTheSummaryOfEveryReplica() {
        assertThat(put("sum", "shop", "v1", 1).status()).isEqualTo(201);
        assertThat(api.post("/api/v1/lattices/sum/apps/shop/deploy", "").status()).isEqualTo(202);
        var uid =
                api.context
                        .getBean(dev.trellis.api.store.AppRepository.class)
                        .find(new LatticeName("sum"), new AppName("shop"))
                        .orElseThrow()
                        .record()
                        .uid();
        var status = Seen.status(Phase.FAILED, "v1", uid);

        api.context.getBean(StatusSink.class).publish(new LatticeName("sum"), status);

        try (var other = new HttpApi(server)) {
            var path = "/api/v1/lattices/sum/apps/shop/status?summary=true";
            await(() -> other.get(path).json().path("phase").asText().equals("Failed"));
            assertThat(other.get(path).json().path("message").asText()).isEqualTo("said");
        }
    }

    @ParameterizedTest(name = "{0} {1} answers {3} {4}")
    @CsvSource(
            textBlock =
                    """
                    GET,    /api/v1/nothing,                                   ,           404, NotFound
                    GET,    /api/v1/lattices/none/apps/shop,                   ,           404, AppNotFound
                    GET,    /api/v1/lattices/none,                             ,           404, LatticeNotFound
                    GET,    /api/v1/lattices/a.b/apps,                         ,           400, InvalidName
                    GET,    /api/v1/lattices/x/apps?limit=0,                   ,           400, InvalidParameter
                    GET,    /api/v1/lattices/x/apps?phase=Odd,                 ,           400, InvalidParameter
                    GET,    /api/v1/lattices/x/apps?cursor=%25,                ,           400, InvalidParameter
                    GET,    /api/v1/lattices/x/apps?unknown=1,                 ,           400, UnknownParameter
                    PUT,    /api/v1/lattices/x/apps/shop?odd=1,                {},         400, UnknownParameter
                    PUT,    /api/v1/lattices/x/apps/shop,                      {,          422, InvalidManifest
                    PUT,    /api/v1/lattices/x/apps/shop?deploy=yes,           {},         400, InvalidParameter
                    POST,   /api/v1/lattices/x/apps/shop/deploy?wait=1d,       ,           400, InvalidParameter
                    POST,   /api/v1/lattices/x/apps/shop/deploy,               ,           404, AppNotFound
                    POST,   /api/v1/lattices/x/apps/shop/deploy,               {,          400, MalformedBody
                    POST,   /api/v1/lattices/x/apps/shop/deploy,               '{"a":1}',  422, InvalidBody
                    PATCH,  /api/v1/lattices/x/apps/shop,                      {},         405, MethodNotAllowed
                    """)
    void everyErrorIsAProblem(String method, String path, String body, int status, String code) {
        var reply =
                body == null
                        ? api.call(method, path, "")
                        : api.call(method, path, body, "Content-Type", "application/json");

        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.header("Content-Type")).startsWith("application/problem+json");
        assertThat(reply.header("X-Request-Id")).isNotEmpty();
        assertThat(reply.json().path("code").asText()).as(reply.body()).isEqualTo(code);
        assertThat(reply.json().path("type").asText()).isEqualTo("urn:trellis:problem:" + code);
        assertThat(reply.json().path("status").asInt()).isEqualTo(status);
        assertThat(reply.json().path("detail").asText()).isNotEmpty();
        assertThat(reply.json().path("title").asText()).isNotEmpty();
    }

    @Test
    void anUnknownContentTypeAndADocumentTooLargeAreRefused() {
        var path = "/api/v1/lattices/x/apps/shop";
        var unknown = api.call("PUT", path, "<a/>", "Content-Type", "application/xml");
        var large = api.put(path, "#".repeat(512 * 1024 + 1));

        assertThat(unknown.status()).as(unknown.body()).isEqualTo(415);
        assertThat(unknown.json().path("code").asText()).isEqualTo("UnsupportedMediaType");
        assertThat(large.status()).as(large.body()).isEqualTo(413);
    }

    @Test
    void aRefusedManifestNamesAllItsProblemsAndValidateStoresNothing() {
        var bad = Yaml.app("shop", "v1", 1).replace("image:", "imgae:");
        var put = api.put("/api/v1/lattices/bad/apps/shop", bad);
        var validated = api.post("/api/v1/validate", bad, "Content-Type", "application/yaml");
        var good =
                api.post(
                        "/api/v1/validate",
                        Yaml.app("shop", "v1", 1),
                        "Content-Type",
                        "application/yaml");

        assertThat(put.status()).isEqualTo(422);
        assertThat(put.json().path("problems").get(0).path("line").asInt()).isPositive();
        assertThat(validated.status()).isEqualTo(200);
        assertThat(validated.json().path("valid").asBoolean()).isFalse();
        assertThat(good.json().path("valid").asBoolean()).as(good.body()).isTrue();
        assertThat(api.get("/api/v1/lattices/bad/apps/shop").status()).isEqualTo(404);
    }

    @Test
    void aRequestIdIsGivenBackWhenItIsSafe() {
        assertThat(api.get("/api/v1/lattices", "X-Request-Id", "mine-1").header("X-Request-Id"))
                .isEqualTo("mine-1");
        assertThat(api.get("/api/v1/lattices", "X-Request-Id", "a b").header("X-Request-Id"))
                .isNotEqualTo("a b");
    }

    @Test
    void healthMetricsAndTheDocumentAreServed() {
        assertThat(api.get("/health/liveness").status()).isEqualTo(200);
        assertThat(api.get("/health/readiness").status()).isEqualTo(200);
        assertThat(api.get("/prometheus").body()).contains("http_server_requests");
        var document = api.get("/openapi.yaml");
        assertThat(document.status()).isEqualTo(200);
        assertThat(document.body())
                .contains("title: \"Trellis\"", "/api/v1/lattices/{lattice}/apps/{name}/deploy");
        assertThat(api.get("/swagger-ui").header("Location")).isEqualTo("/swagger-ui/index.html");
        var page = api.get("/swagger-ui/index.html");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("src=\"http", "href=\"http");
    }

    private HttpApi.Reply put(String lattice, String name, String version, int instances) {
        return api.put(
                "/api/v1/lattices/" + lattice + "/apps/" + name,
                Yaml.app(name, version, instances));
    }

    private List<String> listed(String lattice) {
        return api.get("/api/v1/lattices/" + lattice + "/apps")
                .json()
                .path("items")
                .findValuesAsText("name");
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within 20 s");
            }
            LockSupport.parkNanos(10_000_000);
        }
    }
}
