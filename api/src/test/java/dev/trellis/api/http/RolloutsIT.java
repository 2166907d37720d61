package dev.trellis.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.trellis.api.http.HttpApi.Reply;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.KvWantedStore;
import dev.trellis.api.store.RolloutRepository;
import dev.trellis.api.view.Json;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.rollout.FrozenPolicy;
import dev.trellis.scheduler.rollout.Revision;
import dev.trellis.scheduler.rollout.RolloutRecord;
import io.nats.client.JetStreamApiException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Rollouts over HTTP, where no loop runs: what is recorded is what was said. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RolloutsIT {
    private static final AppName SHOP = new AppName("shop");
    private static final String[] JSON = {"Content-Type", "application/json"};
    private static final String STAGES =
            """
            {"stages":[{"name":"canary","selector":{"matchLabels":{"ring":"canary"}},"upTo":1,\
            "bakeTime":"1m","gate":{"approval":{}}},\
            {"name":"rest","selector":{},"bakeTime":"1m"}]%s}\
            """;

    private final NatsServer server = NatsServer.start();
    private final HttpApi api = new HttpApi(server);
    private final KvWantedStore store = api.context.getBean(KvWantedStore.class);
    private final RolloutRepository rollouts = api.context.getBean(RolloutRepository.class);

    @AfterAll
    void stop() {
        api.close();
        server.close();
    }

    @Test
    void verbsAreRefusedWhereNothingRolls() {
        var path = app("nothing");

        for (var verb : new String[] {"pause", "approve", "abort", "retry"}) {
            refused(api.post(path + "/rollout/" + verb, ""), 409, "NoRollout");
        }
        refused(api.get(path + "/rollout"), 404, "NoRollout");
        refused(api.post("/api/v1/lattices/nothing/apps/no/rollout/pause", ""), 404, "AppNotFound");
    }

    @Test
    void aVerbIsRecordedOnceForEachIdempotencyKey() {
        var path = app("verbs");
        rolling("verbs", "");

        var key = new String[] {"Content-Type", "application/json", "Idempotency-Key", "k1"};
        var first = api.post(path + "/rollout/pause", "{\"reason\":\"lunch\"}", key);
        var again = api.post(path + "/rollout/pause", "{\"reason\":\"lunch\"}", key);
        var other = api.post(path + "/rollout/abort", "");

        assertThat(first.status()).as(first.body()).isEqualTo(202);
        assertThat(first.json().path("rollout").asText()).isEqualTo("r1");
        assertThat(first.json().path("verb").asText()).isEqualTo("pause");
        assertThat(first.json().path("message").asText()).isNotEmpty();
        assertThat(again.status()).isEqualTo(202);
        assertThat(other.status()).isEqualTo(202);
        var verbs = api.get(path + "/rollout").json().path("verbs");
        assertThat(verbs.findValuesAsText("verb")).containsExactly("pause", "abort");
        assertThat(verbs.get(0).path("reason").asText()).isEqualTo("lunch");
    }

    @Test
    void aVerbThatDoesNotFitThePhaseIsRefused() {
        var path = app("phase");
        rolling("phase", "");
        refused(api.post(path + "/rollout/jump", ""), 404, "VerbNotFound");
        refused(api.post(path + "/rollout/resume", ""), 409, "NotInThisPhase");
        refused(api.post(path + "/rollout/retry", ""), 409, "NotInThisPhase");

        change("phase", record("").superseded());

        for (var verb : new String[] {"pause", "approve", "promote", "abort", "halt", "retry"}) {
            refused(api.post(path + "/rollout/" + verb, ""), 409, "NotInThisPhase");
        }
    }

    @Test
    void anApprovalIsKeptForOneStageOfOneRollout() {
        var path = app("approve");
        rolling("approve", "");
        var body = "{\"stage\":\"rest\",\"reason\":\"looks well\"}";

        assertThat(api.post(path + "/rollout/approve", body, JSON).status()).isEqualTo(202);

        var lattice = new LatticeName("approve");
        var kept = rollouts.approval(lattice, SHOP, "r1", 1).orElseThrow();
        assertThat(kept.reason()).isEqualTo("looks well");
        assertThat(rollouts.approval(lattice, SHOP, "r1", 0)).isEmpty();
        assertThat(rollouts.approval(lattice, SHOP, "r2", 1)).isEmpty();
        refused(
                api.post(path + "/rollout/approve", "{\"stage\":\"no\"}", JSON),
                422,
                "InvalidBody");
    }

    @Test
    void aFullPromoteNeedsAReasonAndAnAmendmentAPolicy() {
        var path = app("bodies");
        rolling("bodies", "");

        refused(api.post(path + "/rollout/promote", "{\"full\":true}", JSON), 422, "InvalidBody");
        refused(api.post(path + "/rollout/amend", "{}", JSON), 422, "InvalidBody");
        var why = "{\"full\":true,\"reason\":\"fire\"}";
        assertThat(api.post(path + "/rollout/promote", why, JSON).status()).isEqualTo(202);
        var amend = "{\"policy\":" + STAGES.formatted(",\"maxUnproven\":1") + "}";
        assertThat(api.post(path + "/rollout/amend", amend, JSON).status()).isEqualTo(202);
    }

    @Test
    void aRolloutIsFoundByItsIdAndNoOtherIs() {
        var path = app("id");
        rolling("id", "");

        var found = api.get(path + "/rollouts/r1").json();
        assertThat(found.path("from").asText()).isEqualTo("v1");
        assertThat(found.path("to").asText()).isEqualTo("v2");
        assertThat(found.path("phase").asText()).isEqualTo("Pending");
        assertThat(found.path("stages").findValuesAsText("name")).containsExactly("canary", "rest");
        refused(api.get(path + "/rollouts/r0"), 404, "RolloutNotFound");
    }

    @Test
    void aRunningRolloutWhosePolicyRejectsOthersIsInTheWayOfADeploy() {
        var path = app("reject");
        rolling("reject", ",\"supersede\":\"reject\"");
        assertThat(api.put(path, Yaml.app("shop", "v3", 3)).status()).isEqualTo(201);

        var third = deploy(path, "v3");

        refused(third, 409, "RolloutRunning");
        assertThat(third.json().path("detail").asText()).contains("r1");
        assertThat(deploy(path, "v1").status()).as("back to stable is no other").isEqualTo(202);
        change("reject", record(",\"supersede\":\"reject\"").superseded());
        assertThat(deploy(path, "v3").status()).isEqualTo(202);
    }

    @Test
    void stableCannotBeDeletedWhileARolloutMayGoBackToIt() {
        var path = app("stable");
        rolling("stable", "");

        refused(api.delete(path + "?version=v1"), 409, "RollbackTarget");

        change("stable", record("").superseded());
        assertThat(api.delete(path + "?version=v1").status()).isBetween(200, 204);
    }

    @Test
    void theCandidateThatIsDeletedGivesWayToStable() {
        var path = app("candidate");
        rolling("candidate", "");

        assertThat(api.delete(path + "?version=v2").status()).isBetween(200, 204);

        assertThat(api.get(path + "?version=v2").status()).isEqualTo(404);
        var left = api.get(path + "/versions");
        assertThat(left.body()).contains("\"v1\"").doesNotContain("\"v2\"");
        var deployed = api.put(path, Yaml.app("shop", "v1", 1)).json();
        assertThat(deployed.path("deployedVersion").asText()).isEqualTo("v1");
    }

    @Test
    void theSameManifestAgainIsNothingNew() {
        var path = app("same");
        rolling("same", "");

        var put = api.put(path + "?deploy=true", Yaml.app("shop", "v2", 2));

        assertThat(put.status()).as(put.body()).isEqualTo(200);
        assertThat(put.json().path("created").asBoolean()).isFalse();
        assertThat(api.get(path + "/rollout").json().path("id").asText()).isEqualTo("r1");
        assertThat(api.get(path + "/rollout").json().path("phase").asText()).isEqualTo("Pending");
    }

    @Test
    void surgeIsForLaterAndSaysSo() {
        var reply = deployedAs("surge", "strategy: surge");

        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.body()).contains("Later").contains("surge");
    }

    @Test
    void aGateIsRefusedWhoseHostNobodyAllowed() {
        var reply =
                deployedAs(
                        "gate",
                        "stages: [{name: all, selector: {}, gate: {webhook: {url:"
                                + " \"http://hooks.example/x\"}}}]");

        assertThat(reply.status()).as(reply.body()).isEqualTo(422);
        assertThat(reply.json().path("stored").asBoolean()).isTrue();
        assertThat(reply.json().path("detail").asText())
                .contains("hooks.example", "trellis.gates.hosts");
    }

    @Test
    void contentThatARollbackRejectedComesBackOnlyWhenAskedFor() {
        var path = app("rejected");
        var lattice = new LatticeName("rejected");
        rolledBack(path, lattice);

        refused(deploy(path, "v2"), 409, "RevisionRejected");
        refused(api.put(path + "?deploy=true", Yaml.app("shop", "v2", 2)), 409, "RevisionRejected");
        var listed = api.get(path + "/rejected").json().path("items");
        assertThat(listed.findValuesAsText("version")).containsExactly("v2");

        var retried = api.post(path + "/deploy", "{\"version\":\"v2\",\"retry\":true}", JSON);
        assertThat(retried.status()).as(retried.body()).isEqualTo(202);
    }

    @Test
    void aRestartAskedForTwiceUnderOneKeyIsOneRestart() {
        var path = app("restart");

        var first = api.post(path + "/restart", "", "Idempotency-Key", "night");
        var again = api.post(path + "/restart", "", "Idempotency-Key", "night");
        var other = api.post(path + "/restart", "", "Idempotency-Key", "morning");

        assertThat(first.status()).as(first.body()).isEqualTo(202);
        assertThat(again.status()).isEqualTo(202);
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(other.header("ETag")).isNotEqualTo(first.header("ETag"));
    }

    @Test
    void contentIsTakenOutOfQuarantineByItsHash() {
        var path = app("unreject");
        rolledBack(path, new LatticeName("unreject"));
        var hash = api.get(path + "/rejected").json().path("items").get(0).path("hash").asText();

        assertThat(api.delete(path + "/rejected/" + hash).status()).isEqualTo(200);

        assertThat(api.get(path + "/rejected").json().path("items")).isEmpty();
        refused(api.delete(path + "/rejected/" + hash), 404, "HashNotFound");
        assertThat(deploy(path, "v2").status()).isEqualTo(202);
    }

    private void rolledBack(String path, LatticeName lattice) {
        var apps = api.context.getBean(AppRepository.class);
        var app = apps.find(lattice, SHOP).orElseThrow().record();
        store.reject(lattice, SHOP, app.uid(), 2);
        store.restore(lattice, SHOP, app.uid(), 2, 1);
        assertThat(api.get(path + "?version=deployed").body()).contains("v1");
    }

    /** An app with two versions, v2 deployed. */
    private String app(String lattice) {
        var path = "/api/v1/lattices/" + lattice + "/apps/shop";
        assertThat(api.put(path, Yaml.app("shop", "v1", 1)).status()).isEqualTo(201);
        assertThat(api.put(path, Yaml.app("shop", "v2", 2)).status()).isEqualTo(201);
        assertThat(deploy(path, "v2").status()).isEqualTo(202);
        return path;
    }

    private Reply deploy(String path, String version) {
        return api.post(path + "/deploy", "{\"version\":\"" + version + "\"}", JSON);
    }

    private Reply deployedAs(String lattice, String property) {
        var policy =
                """
                  policies:
                    - name: waves
                      type: rollout
                      properties:
                        %s
                """
                        .formatted(property);
        return api.put(
                "/api/v1/lattices/" + lattice + "/apps/shop?deploy=true",
                Yaml.app("shop", "v1", 1).replace("spec:\n", "spec:\n" + policy));
    }

    private static void refused(Reply reply, int status, String code) {
        assertThat(reply.status()).as(reply.body()).isEqualTo(status);
        assertThat(reply.json().path("code").asText()).isEqualTo(code);
    }

    /** As the loop begins a rollout from v1 to v2. */
    private void rolling(String lattice, String more) {
        assertThat(store.writeRollout(new LatticeName(lattice), SHOP, Optional.of(record(more)), 0))
                .isInstanceOf(WriteOutcome.Written.class);
    }

    private static RolloutRecord record(String more) {
        try {
            var properties = Json.parse(STAGES.formatted(more).getBytes(StandardCharsets.UTF_8));
            return RolloutRecord.start(
                    "r1",
                    Optional.of(new Revision(1, 0)),
                    new Revision(2, 0),
                    FrozenPolicy.of("waves", properties),
                    false,
                    "",
                    Instant.parse("2026-11-22T10:00:00Z"),
                    "somebody");
        } catch (IOException notJson) {
            throw new UncheckedIOException(notJson);
        }
    }

    /** In place of what is there. */
    private void change(String lattice, RolloutRecord after) {
        var name = new LatticeName(lattice);
        assertThat(store.writeRollout(name, SHOP, Optional.of(after), revision(name)))
                .isInstanceOf(WriteOutcome.Written.class);
    }

    private long revision(LatticeName lattice) {
        try {
            return api.nats
                    .keyValue("trellis")
                    .get("rollout." + lattice + "." + SHOP)
                    .getRevision();
        } catch (IOException | JetStreamApiException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
