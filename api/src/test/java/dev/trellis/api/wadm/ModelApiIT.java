package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import io.nats.client.Message;
import io.nats.client.impl.NatsMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The operations of wadm's API over NATS; one server for all, a lattice of its own for each. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ModelApiIT {
    private static final Map<String, String> JSON = Map.of("Content-Type", "application/json");

    private final NatsServer server = NatsServer.start();
    private final Replica trellis = new Replica(server).serving();
    private final Client client = new Client(server);

    @AfterAll
    void stop() {
        client.close();
        trellis.close();
        server.close();
    }

    @Test
    void a42AnAppWhoseVersionsWereAllDeletedIsPutAgain() {
        put("a42", "shop", "v1", 1);
        put("a42", "shop", "v2", 2);
        assertThat(result(ask("a42.model.del.shop", ""))).isEqualTo("deleted");

        var again = put("a42", "shop", "v1", 3);

        assertThat(result(again)).isEqualTo("created");
        assertThat(again.path("total_versions").asInt()).isEqualTo(1);
    }

    @Test
    void a43ToDeleteAnUnknownAppIsNoMistake() {
        var reply = ask("a43.model.del.shop", "");

        assertThat(result(reply)).isEqualTo("noop");
        assertThat(reply.path("undeploy").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"version\":null}",
                "{\"delete_all\":true}",
                "{\"version\":\"\",\"delete_all\":true}",
                "{\"unknown\":[1,2]}"
            })
    void a44EveryWayToDeleteAllVersionsIsUnderstood(String payload) {
        var lattice = "a44-" + Integer.toHexString(payload.hashCode());
        put(lattice, "shop", "v1", 1);
        put(lattice, "shop", "v2", 2);

        var reply = ask(lattice + ".model.del.shop", payload);

        assertThat(result(reply)).isEqualTo("deleted");
        assertThat(reply.path("undeploy").asBoolean()).isTrue();
        assertThat(result(ask(lattice + ".model.get.shop", ""))).isEqualTo("notfound");
    }

    @ParameterizedTest
    @CsvSource({"v1,deleted", "v9,noop", "latest,noop", "'',noop"})
    void a44OneVersionIsDeletedAndAMissingOneIsNot(String version, String result) {
        var lattice = "a44-one-" + version;
        put(lattice, "shop", "v1", 1);
        put(lattice, "shop", "v2", 2);

        var reply = ask(lattice + ".model.del.shop", "{\"version\":\"" + version + "\"}");

        assertThat(result(reply)).isEqualTo(result);
        assertThat(ask(lattice + ".model.versions.shop", "").path("versions"))
                .hasSize(result.equals("deleted") ? 1 : 2);
    }

    @Test
    void toDeleteTheDeployedOrTheLastVersionUndeploys() {
        put("del", "shop", "v1", 1);
        put("del", "shop", "v2", 2);
        put("del", "shop", "v3", 3);
        assertThat(result(ask("del.model.deploy.shop", version("v2")))).isEqualTo("acknowledged");

        var other = ask("del.model.del.shop", version("v1"));
        var deployed = ask("del.model.del.shop", version("v2"));
        var last = ask("del.model.del.shop", version("v3"));

        assertThat(other.path("undeploy").asBoolean()).isFalse();
        assertThat(deployed.path("undeploy").asBoolean()).isTrue();
        assertThat(last.path("undeploy").asBoolean()).isTrue();
        assertThat(last.path("message").asText())
                .isEqualTo("Successfully deleted last version of application shop");
    }

    @Test
    void a45VersionsThatAreNotGivenAreMadeAndSort() {
        var first = client.put("a45", Manifests.withoutVersion("shop", 1));
        var second = client.put("a45", Manifests.withoutVersion("shop", 2));
        var again = client.put("a45", Manifests.withoutVersion("shop", 2));

        var one = first.path("current_version").asText();
        var two = second.path("current_version").asText();
        assertThat(one).hasSize(26).isLessThan(two);
        assertThat(again.path("current_version").asText()).isEqualTo(two);
        assertThat(again.path("total_versions").asInt()).isEqualTo(2);
        var stored = ask("a45.model.get.shop", "").path("manifest");
        assertThat(stored.at("/metadata/annotations/version").asText()).isEqualTo(two);
    }

    @Test
    void a45LatestIsNoVersion() {
        var reply = put("a45-latest", "shop", "latest", 1);

        assertThat(result(reply)).isEqualTo("error");
        assertThat(reply.path("message").asText()).contains("latest");
    }

    @Test
    void c31EqualContentSucceedsAndOtherContentSaysAlreadyExists() {
        put("c31", "shop", "v1", 1);
        put("c31", "shop", "v2", 2);

        var equal = put("c31", "shop", "v1", 1);
        var other = put("c31", "shop", "v1", 7);

        assertThat(result(equal)).isEqualTo("newversion");
        assertThat(equal.path("current_version").asText()).isEqualTo("v1");
        assertThat(equal.path("total_versions").asInt()).isEqualTo(2);
        assertThat(result(other)).isEqualTo("error");
        assertThat(other.path("message").asText()).isEqualTo("Manifest version v1 already exists");
    }

    /** Their clients read a policy as texts alone, and refuse the whole answer otherwise (F10). */
    @Test
    void aPolicyThatWasPutNestedIsReadAsTexts() {
        client.put("texts", Manifests.withPolicy("shop", "v1"));

        var policy = ask("texts.model.get.shop", "").at("/manifest/spec/policies/0/properties");

        assertThat(policy.path("maxUnproven").isTextual()).isTrue();
        assertThat(Client.json(policy.path("stages").asText().getBytes(StandardCharsets.UTF_8)))
                .hasSize(1);
    }

    @Test
    void a46APutSaysTheVersionJustPut() {
        put("a46", "shop", "v1", 1);

        assertThat(put("a46", "shop", "v2", 2).path("current_version").asText()).isEqualTo("v2");
    }

    @Test
    void a47AListIsSortedByNameAndFreshAfterEveryPut() {
        var names = new ArrayList<String>();
        for (int i = 0; i < 20; i++) {
            names.add("app-" + i);
        }
        java.util.Collections.shuffle(names, new Random(47));
        for (int i = 0; i < names.size(); i++) {
            put("a47", names.get(i), "v1", 1);
            assertThat(names(ask("a47.model.list", "")))
                    .isEqualTo(names.subList(0, i + 1).stream().sorted().toList());
        }
    }

    @Test
    void a48OldClientsGetABareArrayAndNewOnesAnObject() {
        put("a48", "shop", "v1", 1);

        assertThat(ask("a48.model.list", "").isArray()).isTrue();
        assertThat(names(ask("a48.model.get", "").path("models"))).containsExactly("shop");
        assertThat(ask("a48-empty.model.list", "")).isEmpty();
    }

    @Test
    void a49AWaitingAppIsListedWithAWordThatOldClientsKnow() {
        put("a49", "shop", "v1", 1);
        ask("a49.model.deploy.shop", "");
        say("a49", "shop", Phase.WAITING);

        var summary = ask("a49.model.list", "").get(0);

        assertThat(summary.path("status").asText()).isEqualTo("undeployed");
        assertThat(summary.at("/detailed_status/status/type").asText()).isEqualTo("waiting");
        assertThat(ask("a49.model.status.shop", "").at("/status/status/type").asText())
                .isEqualTo("undeployed");
    }

    @Test
    void anUnhealthyAppIsFailedToOldClients() {
        put("ill", "shop", "v1", 1);
        ask("ill.model.deploy.shop", "");
        say("ill", "shop", Phase.UNHEALTHY);

        var summary = ask("ill.model.list", "").get(0);

        assertThat(summary.path("status").asText()).isEqualTo("failed");
        assertThat(summary.at("/detailed_status/status/type").asText()).isEqualTo("unhealthy");
        assertThat(ask("ill.model.status.shop", "").at("/status/status/type").asText())
                .isEqualTo("failed");
    }

    @Test
    void trap29ADeployedAppIsNeverUndeployedInDetail() {
        put("t29", "shop", "v1", 1);
        ask("t29.model.deploy.shop", "");

        var before = ask("t29.model.list", "").get(0);
        say("t29", "shop", Phase.WAITING);
        var after = ask("t29.model.list", "").get(0);

        for (var summary : List.of(before, after)) {
            assertThat(summary.at("/detailed_status/status/type").asText())
                    .isNotEqualTo("undeployed");
        }
    }

    @Test
    void a51FiftyPutsAtOnceAreAllListed() {
        var answers = new ArrayList<CompletableFuture<Message>>();
        for (int i = 0; i < 50; i++) {
            answers.add(send("a51.model.put", Manifests.app("app-" + i, "v1", 1)));
        }
        answers.forEach(a -> Client.reply("a51.model.put", a.join()));

        assertThat(ask("a51.model.list", "")).hasSize(50);
    }

    @Test
    void c11NamesWithDashesDoNotCollide() {
        put("a", "b-c", "v1", 1);
        put("a-b", "c", "v1", 2);

        assertThat(names(ask("a.model.list", ""))).containsExactly("b-c");
        assertThat(names(ask("a-b.model.list", ""))).containsExactly("c");
    }

    @Test
    void c12OfTwoFirstPutsAtOnceOneWins() {
        for (int round = 0; round < 10; round++) {
            var lattice = "c12-" + round;
            var one = send(lattice + ".model.put", Manifests.app("shop", "v1", 1));
            var two = send(lattice + ".model.put", Manifests.app("shop", "v1", 2));

            var results =
                    List.of(
                            result(Client.reply(lattice + ".model.put", one.join())),
                            result(Client.reply(lattice + ".model.put", two.join())));

            assertThat(results).containsExactlyInAnyOrder("created", "error");
        }
    }

    @Test
    void c25AnUnknownAppHasNoStatus() {
        assertThat(result(ask("c25.model.status.shop", ""))).isEqualTo("notfound");
    }

    @Test
    void requestsForOneAppAreDoneInTheOrderInWhichTheyCame() {
        for (int round = 0; round < 20; round++) {
            var lattice = "order-" + round;
            var put = send(lattice + ".model.put", Manifests.app("shop", "v1", 1));
            var deploy = send(lattice + ".model.deploy.shop", version("v1"));
            var second = send(lattice + ".model.put", Manifests.app("shop", "v2", 2));
            var latest = send(lattice + ".model.deploy.shop", "");
            var undeploy = send(lattice + ".model.undeploy.shop", "");
            var delete = send(lattice + ".model.del.shop", "");

            var words = new ArrayList<String>();
            for (var answer : List.of(put, deploy, second, latest, undeploy, delete)) {
                words.add(result(Client.json(answer.join().getData())));
            }

            assertThat(words)
                    .containsExactly(
                            "created",
                            "acknowledged",
                            "newversion",
                            "acknowledged",
                            "acknowledged",
                            "deleted");
        }
    }

    @Test
    void aRequestThatWantsNoReplyIsDoneAllTheSame() {
        client.nats.publish(
                "wadm.api.silent.model.put",
                Manifests.app("shop", "v1", 1).getBytes(StandardCharsets.UTF_8));
        Replica.await("put", () -> ask("silent.model.list", "").size() == 1);

        client.nats.publish("wadm.api.silent.model.deploy.shop", new byte[0]);

        Replica.await(
                "deployed",
                () ->
                        ask("silent.model.versions.shop", "")
                                .path("versions")
                                .get(0)
                                .path("deployed")
                                .asBoolean());
    }

    @Test
    void everyRequestIsAnsweredOnceThoughThreeProcessesServe() {
        try (var second = new Replica(server).serving();
                var third = new Replica(server).serving()) {
            var replies = new CopyOnWriteArrayList<Message>();
            var dispatcher = client.nats.createDispatcher(replies::add);
            dispatcher.subscribe("answers.here");
            for (int i = 0; i < 200; i++) {
                client.nats.publish(
                        NatsMessage.builder()
                                .subject("wadm.api.once.model.list")
                                .replyTo("answers.here")
                                .build());
            }
            Replica.await("all answers", () -> replies.size() >= 200);
            // an answer to a request after them would come behind a second one
            ask("once.model.list", "");
            assertThat(replies).hasSize(200);
            assertThat(second.api.serves() && third.api.serves()).isTrue();
        }
    }

    @Test
    void deployTakesTheLatestOrTheNamedVersion() {
        put("deploy", "shop", "v1", 1);
        put("deploy", "shop", "v2", 2);

        assertThat(ask("deploy.model.deploy.shop", "").path("version").asText()).isEqualTo("v2");
        assertThat(ask("deploy.model.deploy.shop", version("v1")).path("version").asText())
                .isEqualTo("v1");
        assertThat(ask("deploy.model.deploy.shop", version("latest")).path("version").asText())
                .isEqualTo("v2");
        assertThat(ask("deploy.model.deploy.shop", "{\"version\":null}").path("version").asText())
                .isEqualTo("v2");
        assertThat(result(ask("deploy.model.deploy.shop", version("v9")))).isEqualTo("error");
        assertThat(result(ask("deploy.model.deploy.none", ""))).isEqualTo("notfound");
    }

    @Test
    void c13GeneratedIdsThatClashAreRefusedAtDeploy() {
        put("c13", "my-app", "v1", 1);
        put("c13", "my_app", "v1", 1);
        assertThat(result(ask("c13.model.deploy.my-app", ""))).isEqualTo("acknowledged");

        var reply = ask("c13.model.deploy.my_app", "");

        assertThat(result(reply)).isEqualTo("error");
        assertThat(reply.path("message").asText()).contains("my-app", "my_app-api");
    }

    @ParameterizedTest
    @CsvSource({
        "application/json,false",
        "application/yaml,true",
        "'application/yaml; charset=utf-8',true",
        "text/plain,false",
        "application/x-yaml,false"
    })
    void yamlIsTakenWhereItIsSaidToBeYaml(String type, boolean taken) {
        var lattice = "type-" + Integer.toHexString(type.hashCode());
        var reply =
                client.ask(
                        lattice + ".model.put",
                        Manifests.app("shop", "v1", 1),
                        Map.of("Content-Type", type));

        assertThat(result(reply)).isEqualTo(taken ? "created" : "error");
    }

    @Test
    void withoutATypeYamlAndJsonAreTaken() {
        var json =
                """
                {"apiVersion":"core.oam.dev/v1beta1","kind":"Application","metadata":{"name":"a"},
                "spec":{"components":[{"name":"x","type":"component",
                "properties":{"image":"reg.example/x:1"}}]}}
                """;

        assertThat(result(ask("plain.model.put", json))).isEqualTo("created");
        assertThat(result(ask("plain.model.put", Manifests.app("b", "v1", 1))))
                .isEqualTo("created");
        assertThat(result(client.ask("plain.model.put", json.replace("\"a\"", "\"c\""), JSON)))
                .isEqualTo("created");
    }

    @ParameterizedTest
    @CsvSource({
        "default.model.bogus.x,Unsupported subject: wadm.api.default.model.bogus.x",
        "default.model.list.x,Unsupported subject: wadm.api.default.model.list.x",
        "default.model.deploy,Unsupported subject: wadm.api.default.model.deploy",
        "default.other.list,Unsupported subject: wadm.api.default.other.list",
        "default.model.get.a.b,Invalid subject: ",
        "default.model,Invalid subject: ",
        "default,Invalid subject: "
    })
    void anUnknownSubjectIsAnError(String rest, String message) {
        var reply = ask(rest, "");

        assertThat(reply.size()).isEqualTo(2);
        assertThat(reply.path("message").asText()).startsWith(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "[]", "null", "7", "{\"version\":1}", "\u0000", " "})
    void aPayloadThatIsNoRequestIsAnError(String payload) {
        put("bad", "shop", "v1", 1);

        for (var op : List.of("get", "deploy", "undeploy", "del")) {
            var reply = ask("bad.model." + op + ".shop", payload);
            assertThat(result(reply)).as(op).isEqualTo("error");
            assertThat(reply.path("message").asText()).contains("Unable to parse");
        }
        assertThat(ask("bad.model.versions.shop", "").path("versions")).hasSize(1);
    }

    @Test
    void aManifestThatIsTooLargeIsAnError() {
        var large = Manifests.app("shop", "v1", 1) + "#".repeat(600 * 1024);

        var reply = client.put("large", large);

        assertThat(result(reply)).isEqualTo("error");
        assertThat(reply.path("message").asText()).contains("524288");
    }

    @Test
    void a57AnErrorInAManifestSaysPathLineAndColumn() {
        var reply =
                client.put(
                        "a57", Manifests.app("shop", "v1", 1).replace("image: reg", "imago: reg"));

        assertThat(reply.path("message").asText())
                .contains("spec.components[0].properties", "line 11, column")
                .doesNotContain("already exists");
    }

    @Test
    void aListThatIsLargerThanAMessageStillComes() {
        var statuses = new ArrayList<CompletableFuture<Message>>();
        var description = "x".repeat(60_000);
        for (int i = 0; i < 24; i++) {
            statuses.add(
                    send(
                            "huge.model.put",
                            Manifests.app("app-" + i, "v1", 1)
                                    .replace(
                                            "version: v1",
                                            "version: v1\n    description: " + description)));
        }
        statuses.forEach(s -> Client.reply("huge.model.put", s.join()));

        assertThat(ask("huge.model.list", "")).hasSizeBetween(5, 20);
    }

    @Test
    void historyIsAnError() {
        assertThat(ask("h.model.history.shop", "").path("message").asText())
                .contains("not currently supported");
    }

    private void say(String lattice, String app, Phase phase) {
        var in = new LatticeName(lattice);
        var record = trellis.apps.find(in, new AppName(app)).orElseThrow().record();
        trellis.publisher.publish(in, RecordedStatus.of(record, phase));
        Replica.await(
                "status read",
                () ->
                        trellis.cache
                                .status(in, record.name())
                                .filter(seen -> seen.phase().equals(phase.word()))
                                .isPresent());
    }

    @CanIgnoreReturnValue
    private JsonNode put(String lattice, String name, String version, int instances) {
        return client.put(lattice, Manifests.app(name, version, instances));
    }

    @CanIgnoreReturnValue
    private JsonNode ask(String rest, String payload) {
        return client.ask(rest, payload);
    }

    private CompletableFuture<Message> send(String rest, String payload) {
        return client.send(rest, payload.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static String version(String version) {
        return "{\"version\":\"" + version + "\"}";
    }

    private static String result(JsonNode reply) {
        return reply.path("result").asText();
    }

    private static List<String> names(JsonNode summaries) {
        var names = new ArrayList<String>();
        summaries.forEach(s -> names.add(s.path("name").asText()));
        return names;
    }
}
