package dev.trellis.api.wadm;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.fixtures.nats.NatsServer;
import dev.trellis.fixtures.samples.WireSamples;
import dev.trellis.scheduler.decide.Phase;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.wanted.AppRecord;
import io.nats.client.Message;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every request that was recorded with wadm 0.21.1, sent to Trellis in the same order. The answers
 * are the same but for what is named here, each with its reason.
 */
final class RecordedSessionsIT {
    private static final LatticeName LATTICE = new LatticeName("default");

    /** What Trellis says on purpose in another way. */
    private enum Difference {
        /** The message of a put names the version just put, not the one before (A46). */
        NAMES_THE_VERSION_PUT,
        /** Equal content under an existing version is no mistake (C31). */
        EQUAL_CONTENT_SUCCEEDS,
        /** An app that is not there is not "undeployed" (C25). */
        NOT_FOUND,
        /** An error that says where and what, in words of Trellis's own (A57). */
        OTHER_WORDS,
        /** A placement trait that cannot work is refused, not carried along. */
        EXTENSIONS_ARE_CHECKED,
        /** So the version that is there has neither of them. */
        WITHOUT_EXTENSIONS,
        /** Not deployed is "undeployed", not "waiting" (wadm-api 2.4). */
        NOT_DEPLOYED_IS_UNDEPLOYED,
        /** Deployed on a lattice without hosts is told by status too, not only by lists. */
        STATUS_SAYS_WAITING,
        /** After an undeploy that is said, also where no host ever was. */
        SAYS_UNDEPLOYED,
        /** A missing version of an app that is there publishes nothing (wadm-api 3.6). */
        NO_EVENT
    }

    private final NatsServer server = NatsServer.start();
    private Replica trellis;
    private Client client;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final List<JsonNode> statuses = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() {
        trellis = new Replica(server).serving();
        client = new Client(server);
        var dispatcher = client.nats.createDispatcher();
        dispatcher.subscribe("wadm.evt.>", m -> events.add(Client.json(m.getData())));
        dispatcher.subscribe("wadm.status.>", m -> statuses.add(Client.json(m.getData())));
    }

    @AfterEach
    void stop() {
        client.close();
        trellis.close();
        server.close();
    }

    @Test
    void everyRequestOfTheApiIsAnsweredAsWadmDoes() {
        var on =
                Map.ofEntries(
                        Map.entry(6, Difference.NOT_FOUND),
                        Map.entry(14, Difference.NAMES_THE_VERSION_PUT),
                        Map.entry(16, Difference.EQUAL_CONTENT_SUCCEEDS),
                        Map.entry(18, Difference.NAMES_THE_VERSION_PUT),
                        Map.entry(20, Difference.OTHER_WORDS),
                        Map.entry(22, Difference.OTHER_WORDS),
                        Map.entry(24, Difference.OTHER_WORDS),
                        Map.entry(26, Difference.EXTENSIONS_ARE_CHECKED),
                        Map.entry(28, Difference.NOT_DEPLOYED_IS_UNDEPLOYED),
                        Map.entry(29, Difference.NOT_DEPLOYED_IS_UNDEPLOYED),
                        Map.entry(30, Difference.WITHOUT_EXTENSIONS),
                        Map.entry(41, Difference.STATUS_SAYS_WAITING),
                        Map.entry(52, Difference.SAYS_UNDEPLOYED),
                        Map.entry(53, Difference.NOT_DEPLOYED_IS_UNDEPLOYED),
                        Map.entry(56, Difference.NO_EVENT));
        var loop = Map.of(37, Phase.WAITING, 45, Phase.UNDEPLOYED);
        replay(WireSamples.wadmSession(), on, loop);
    }

    @Test
    void everyRequestOfWashIsAnsweredAsWadmDoes() {
        var on = new TreeMap<Integer, Difference>();
        on.put(10, Difference.NAMES_THE_VERSION_PUT);
        on.put(12, Difference.EQUAL_CONTENT_SUCCEEDS);
        on.put(14, Difference.NOT_DEPLOYED_IS_UNDEPLOYED);
        for (var line : Recording.of(WireSamples.washSession())) {
            if (line.isRequest()
                    && line.rest().endsWith(".put")
                    && line.reply().has("current_version")) {
                on.put(line.number(), Difference.NAMES_THE_VERSION_PUT);
            }
        }
        replay(WireSamples.washSession(), on, Map.of());
    }

    /** {@code loop}: what the loop finds after a line, where wadm's said nothing. */
    private void replay(
            List<String> session, Map<Integer, Difference> on, Map<Integer, Phase> loop) {
        var wantedEvents = new ArrayList<JsonNode>();
        var wantedStatuses = new ArrayList<JsonNode>();
        for (var line : Recording.of(session)) {
            if (line.isRequest()) {
                Message message = client.send(line.rest(), line.payload(), line.headerMap()).join();
                var reply = Client.reply(line.rest(), message);
                var why = on.get(line.number());
                if (why == null) {
                    assertThat(comparable(reply))
                            .as("line %d, %s", line.number(), line.subject())
                            .isEqualTo(comparable(line.reply()));
                } else {
                    differs(line, reply, why);
                }
                if (loop.containsKey(line.number())) {
                    say(app(line.rest()), loop.get(line.number()));
                }
            } else if (line.isEvent() && on.get(line.number()) != Difference.NO_EVENT) {
                wantedEvents.add(line.data());
            } else if (line.isStatus()) {
                wantedStatuses.add(line.data());
                say(line);
            }
        }
        Replica.await("all events", () -> events.size() >= wantedEvents.size());
        assertThat(events).hasSize(wantedEvents.size());
        for (int i = 0; i < events.size(); i++) {
            sameEvent(events.get(i), wantedEvents.get(i));
        }
        assertThat(statuses.stream().map(RecordedSessionsIT::comparable).toList())
                .containsAll(wantedStatuses.stream().map(RecordedSessionsIT::comparable).toList());
    }

    private void say(AppRecord app, Phase phase) {
        trellis.publisher.publish(LATTICE, RecordedStatus.of(app, phase));
        awaitPhase(app, phase);
    }

    /** The loop, which sees what wadm saw. */
    private void say(Recording.Line line) {
        var app = app("x." + line.subject().substring("wadm.status.default.".length()));
        var said = RecordedStatus.of(line.data(), app, List.of("httpserver"));
        trellis.publisher.publish(LATTICE, said);
        Replica.await(
                "line " + line.number() + " is published; was " + statuses,
                () ->
                        !statuses.isEmpty()
                                && comparable(statuses.getLast()).equals(comparable(line.data())));
        awaitPhase(app, said.phase());
    }

    private void awaitPhase(AppRecord app, Phase phase) {
        Replica.await(
                "status read",
                () ->
                        trellis.cache
                                .status(LATTICE, app.name())
                                .filter(seen -> seen.phase().equals(phase.word()))
                                .filter(seen -> seen.uid().equals(Optional.of(app.uid())))
                                .filter(seen ->
                                        !statuses.isEmpty()
                                                && seen.message().equals(statuses.getLast()))
                                .isPresent());
    }

    private AppRecord app(String rest) {
        var name = rest.substring(rest.lastIndexOf('.') + 1);
        return trellis.apps.find(LATTICE, new AppName(name)).orElseThrow().record();
    }

    private static void sameEvent(JsonNode ours, JsonNode wadms) {
        for (var member : List.of("specversion", "type", "source", "datacontenttype", "data")) {
            assertThat(ours.path(member)).isEqualTo(wadms.path(member));
        }
        assertThat(ours.path("id").asText()).matches("[0-9a-f-]{36}");
        assertThat(ours.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT.*Z");
        assertThat(ours.size()).isEqualTo(wadms.size());
    }

    private JsonNode put(String manifest) {
        return client.ask("default.model.put", manifest);
    }

    private static String withoutExtensions(Recording.Line line) {
        var text = line.data().textValue();
        int policies = text.indexOf("  policies:");
        int components = text.indexOf("  components:");
        int placement = text.indexOf("        - type: placement");
        int scaler = text.indexOf("        - type: spreadscaler");
        return text.substring(0, policies)
                + text.substring(components, placement)
                + text.substring(scaler);
    }

    private void differs(Recording.Line line, JsonNode reply, Difference why) {
        var recorded = line.reply();
        var name = "line " + line.number() + ": " + why;
        switch (why) {
            case NAMES_THE_VERSION_PUT -> {
                assertThat(without(reply, "message"))
                        .as(name)
                        .isEqualTo(without(recorded, "message"));
                assertThat(reply.path("message").asText())
                        .startsWith("Successfully put manifest ")
                        .endsWith(" " + reply.path("current_version").asText());
            }
            case EQUAL_CONTENT_SUCCEEDS -> {
                assertThat(recorded.path("result").asText()).isEqualTo("error");
                assertThat(reply.path("result").asText()).as(name).isEqualTo("created");
                assertThat(reply.path("total_versions").asInt()).as(name).isEqualTo(1);
            }
            case NOT_FOUND -> {
                assertThat(recorded.path("result").asText()).isEqualTo("ok");
                assertThat(reply.path("result").asText()).as(name).isEqualTo("notfound");
            }
            case OTHER_WORDS -> {
                assertThat(recorded.path("result").asText()).isEqualTo("error");
                assertThat(reply.path("result").asText()).as(name).isEqualTo("error");
                assertThat(reply.path("message").asText())
                        .as(name)
                        .contains("line ", "column ")
                        .doesNotContain("already exists")
                        .containsPattern("latest|expected|hello");
            }
            case EXTENSIONS_ARE_CHECKED -> {
                assertThat(recorded.path("result").asText()).isEqualTo("newversion");
                assertThat(reply.path("result").asText()).as(name).isEqualTo("error");
                assertThat(reply.path("message").asText())
                        .as(name)
                        .contains("spec.components[0].traits[0]", "line ");
                assertThat(put(withoutExtensions(line)).path("total_versions").asInt())
                        .isEqualTo(recorded.path("total_versions").asInt());
            }
            case WITHOUT_EXTENSIONS -> {
                ObjectNode plain = recorded.deepCopy();
                ((ObjectNode) plain.at("/manifest/spec")).remove("policies");
                var traits = (ArrayNode) plain.at("/manifest/spec/components/0/traits");
                var _ = traits.remove(0);
                assertThat(reply).as(name).isEqualTo(plain);
            }
            case NOT_DEPLOYED_IS_UNDEPLOYED -> {
                var theirs = recorded.isArray() ? recorded : recorded.path("models");
                var ours = reply.isArray() ? reply : reply.path("models");
                assertThat(ours).hasSize(theirs.size());
                var detailed = ours.get(0).path("detailed_status").path("status");
                assertThat(detailed.path("type").asText()).as(name).isEqualTo("undeployed");
                var left = Set.of("detailed_status", "status_message");
                assertThat(without(ours.get(0), left)).isEqualTo(without(theirs.get(0), left));
            }
            case STATUS_SAYS_WAITING -> {
                var status = reply.path("status").path("status");
                assertThat(status.path("type").asText()).as(name).isEqualTo("undeployed");
                assertThat(status.path("message").asText()).isEqualTo(StatusMessage.NO_HOSTS);
            }
            case SAYS_UNDEPLOYED -> {
                var status = reply.path("status").path("status");
                assertThat(status.path("type").asText()).as(name).isEqualTo("undeployed");
                assertThat(status.path("message").asText()).isEqualTo(StatusMessage.UNDEPLOYED);
            }
            case NO_EVENT -> throw new IllegalArgumentException("not an answer");
        }
    }

    private static ObjectNode without(JsonNode json, String member) {
        return without(json, Set.of(member));
    }

    private static ObjectNode without(JsonNode json, Set<String> members) {
        ObjectNode copy = json.deepCopy();
        return copy.remove(members);
    }

    /** Ids of scalers are one's own; the version of a status is "" in wadm (section 7). */
    private static JsonNode comparable(JsonNode json) {
        if (json.isArray()) {
            var copy = json.deepCopy();
            copy.forEach(RecordedSessionsIT::forget);
            return copy;
        }
        var copy = json.deepCopy();
        forget(copy);
        return copy;
    }

    private static void forget(JsonNode json) {
        if (json instanceof ObjectNode object) {
            object.remove("trellis");
            for (var status :
                    List.of(object, object.path("detailed_status"), object.path("status"))) {
                if (status instanceof ObjectNode inner && inner.has("components")) {
                    inner.put("version", "");
                    inner.path("scalers").forEach(s -> ((ObjectNode) s).put("id", ""));
                }
            }
        }
    }
}
