package dev.trellis.api.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.scheduler.rollout.FrozenPolicy;
import dev.trellis.scheduler.rollout.GateState;
import dev.trellis.scheduler.rollout.Intent;
import dev.trellis.scheduler.rollout.Member;
import dev.trellis.scheduler.rollout.Members;
import dev.trellis.scheduler.rollout.Promotion;
import dev.trellis.scheduler.rollout.Revision;
import dev.trellis.scheduler.rollout.Role;
import dev.trellis.scheduler.rollout.RolloutPhase;
import dev.trellis.scheduler.rollout.RolloutRecord;
import dev.trellis.scheduler.rollout.StageProgress;
import dev.trellis.scheduler.rollout.StageState;
import dev.trellis.scheduler.rollout.Verb;
import dev.trellis.scheduler.rollout.Verdict;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The value of {@code rollout.<lattice>.<app>}. Hosts are kept by stage and role, as 8 bytes each
 * in base 64: about 11 bytes a host.
 */
final class RolloutJson {
    private RolloutJson() {}

    static byte[] write(RolloutRecord record) {
        var json = StoreJson.MAPPER.createObjectNode();
        json.put("id", record.id())
                .put("deployment", record.deployment())
                .put("generation", record.generation());
        record.from().ifPresent(from -> revision(json.putObject("from"), from));
        revision(json.putObject("to"), record.to());
        policy(json.putObject("policy"), record.policy());
        json.put("skipping", record.skipping())
                .put("planHash", record.planHash())
                .put("at", record.at().toString())
                .put("by", record.by())
                .put("phase", record.phase().word())
                .put("paused", record.paused())
                .put("stage", record.stage())
                .put("state", record.state().name())
                .put("idle", record.idle().toString())
                .put("healthy", record.healthy())
                .put("promotion", record.promotion().name())
                .put("quarantined", record.quarantined())
                .put("failure", record.failure())
                .put("reason", record.reason())
                .put("message", record.message());
        put(json, "lastObserved", record.lastObserved());
        put(json, "lookedAt", record.lookedAt());
        put(json, "gateSince", record.gateSince());
        put(json, "nextWakeAt", record.nextWakeAt());
        var stages = json.putArray("stages");
        for (int k = 0; k < record.stages().size(); k++) {
            stage(stages.addObject(), record.stages().get(k), record.members(), k);
        }
        var intents = json.putArray("intents");
        record.intents().forEach(intent -> intent(intents.addObject(), intent));
        return StoreJson.bytes(json);
    }

    private static void revision(ObjectNode json, Revision revision) {
        json.put("n", revision.n()).put("restarts", revision.restarts());
    }

    private static void policy(ObjectNode json, FrozenPolicy policy) {
        json.put("name", policy.name()).set("properties", policy.properties());
    }

    private static void put(ObjectNode json, String member, Optional<Instant> time) {
        time.ifPresent(at -> json.put(member, at.toString()));
    }

    private static void stage(ObjectNode json, StageProgress stage, Members members, int k) {
        json.put("mark", stage.mark().name())
                .put("waves", stage.waves())
                .put("lost", stage.lost())
                .put("failures", stage.failures())
                .put("bake", stage.bake().toString());
        var gates = json.putArray("gates");
        stage.gates().forEach(gate -> gate(gates, gate));
        for (var role : Role.values()) {
            var hosts = members.in(k, role);
            if (!hosts.isEmpty()) {
                json.put(role.name().toLowerCase(Locale.ROOT), packed(hosts));
            }
        }
    }

    private static void gate(ArrayNode gates, GateState gate) {
        var json =
                gates.addObject()
                        .put("name", gate.name())
                        .put("attempt", gate.attempt())
                        .put("samples", gate.samples())
                        .put("errors", gate.errors())
                        .put("verdict", gate.verdict().name())
                        .put("message", gate.message());
        put(json, "at", gate.at());
        gate.by().ifPresent(by -> json.put("by", by));
    }

    private static void intent(ObjectNode json, Intent intent) {
        json.put("id", intent.id())
                .put("verb", intent.verb().word())
                .put("full", intent.full())
                .put("force", intent.force())
                .put("by", intent.by())
                .put("at", intent.at().toString())
                .put("reason", intent.reason());
        intent.amended().ifPresent(policy -> policy(json.putObject("amended"), policy));
        intent.result().ifPresent(result -> json.put("result", result));
    }

    private static String packed(Collection<Long> hosts) {
        var bytes = ByteBuffer.allocate(hosts.size() * Long.BYTES);
        hosts.forEach(bytes::putLong);
        return Base64.getEncoder().withoutPadding().encodeToString(bytes.array());
    }

    static RolloutRecord read(byte[] value) {
        var json = StoreJson.parse(value);
        var members = new HashMap<Long, Member>();
        var stages = new ArrayList<StageProgress>();
        for (var stage : json.path("stages")) {
            members(stage, stages.size(), members);
            stages.add(stage(stage));
        }
        return new RolloutRecord(
                json.path("id").asText(),
                json.path("deployment").asLong(),
                json.path("generation").asLong(),
                json.has("from") ? Optional.of(revision(json.get("from"))) : Optional.empty(),
                revision(json.path("to")),
                policy(json.path("policy")),
                json.path("skipping").asBoolean(),
                json.path("planHash").asText(),
                Instant.parse(json.path("at").asText()),
                json.path("by").asText(),
                RolloutPhase.of(json.path("phase").asText()),
                json.path("paused").asBoolean(),
                json.path("stage").asInt(),
                StageState.valueOf(json.path("state").asText()),
                time(json, "lastObserved"),
                Duration.parse(json.path("idle").asText()),
                json.path("healthy").asInt(),
                time(json, "lookedAt"),
                time(json, "gateSince"),
                Promotion.valueOf(json.path("promotion").asText()),
                json.path("quarantined").asBoolean(),
                json.path("failure").asText(),
                json.path("reason").asText(),
                json.path("message").asText(),
                time(json, "nextWakeAt"),
                stages,
                Members.of(members),
                intents(json.path("intents")));
    }

    private static Revision revision(JsonNode json) {
        return new Revision(json.path("n").asInt(), json.path("restarts").asInt());
    }

    private static FrozenPolicy policy(JsonNode json) {
        return FrozenPolicy.of(json.path("name").asText(), json.path("properties"));
    }

    private static Optional<Instant> time(JsonNode json, String member) {
        return StoreJson.text(json, member).map(Instant::parse);
    }

    private static void members(JsonNode stage, int k, Map<Long, Member> members) {
        for (var role : Role.values()) {
            StoreJson.text(stage, role.name().toLowerCase(Locale.ROOT))
                    .ifPresent(packed -> {
                        var bytes = ByteBuffer.wrap(Base64.getDecoder().decode(packed));
                        while (bytes.hasRemaining()) {
                            members.put(bytes.getLong(), new Member(k, role));
                        }
                    });
        }
    }

    private static StageProgress stage(JsonNode json) {
        var gates = new ArrayList<GateState>();
        for (var gate : json.path("gates")) {
            gates.add(
                    new GateState(
                            gate.path("name").asText(),
                            gate.path("attempt").asInt(),
                            gate.path("samples").asInt(),
                            gate.path("errors").asInt(),
                            Verdict.valueOf(gate.path("verdict").asText()),
                            time(gate, "at"),
                            StoreJson.text(gate, "by"),
                            gate.path("message").asText()));
        }
        return new StageProgress(
                StageProgress.Mark.valueOf(json.path("mark").asText()),
                json.path("waves").asInt(),
                json.path("lost").asInt(),
                json.path("failures").asInt(),
                Duration.parse(json.path("bake").asText()),
                gates);
    }

    private static List<Intent> intents(JsonNode json) {
        var intents = new ArrayList<Intent>();
        for (var intent : json) {
            intents.add(
                    new Intent(
                            intent.path("id").asText(),
                            Verb.of(intent.path("verb").asText()).orElseThrow(),
                            intent.path("full").asBoolean(),
                            intent.has("amended")
                                    ? Optional.of(policy(intent.get("amended")))
                                    : Optional.empty(),
                            intent.path("force").asBoolean(),
                            intent.path("by").asText(),
                            Instant.parse(intent.path("at").asText()),
                            intent.path("reason").asText(),
                            StoreJson.text(intent, "result")));
        }
        return intents;
    }
}
