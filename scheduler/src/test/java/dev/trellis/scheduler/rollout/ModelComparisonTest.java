package dev.trellis.scheduler.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.trellis.scheduler.observe.HostId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Decisions of the reference model, decided again: each line of {@code rollout/model.jsonl.gz} has
 * a record, what was seen, the intents, and the record that the model made of them. Left out are
 * the few cases in which the model is simpler than the specification; {@link #isSimpler} lists
 * them.
 */
final class ModelComparisonTest {
    private static final Instant ZERO = Instant.parse("2026-01-05T00:00:00Z");
    private static final Set<String> TERMINAL = Set.of("Succeeded", "RolledBack", "Cancelled");

    @Test
    void eachDecisionIsTheModels() throws IOException {
        int compared = 0;
        int left = 0;
        for (var step : steps()) {
            if (isSimpler(step)) {
                left++;
                continue;
            }
            compare(step);
            compared++;
        }
        assertThat(compared).isGreaterThan(2500);
        assertThat(left).isLessThan(compared);
    }

    private static List<JsonNode> steps() throws IOException {
        var json = new JsonMapper();
        var steps = new ArrayList<JsonNode>();
        var file =
                Objects.requireNonNull(
                        ModelComparisonTest.class.getResourceAsStream("/rollout/model.jsonl.gz"));
        try (var lines =
                new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                steps.add(json.readTree(line));
            }
        }
        return steps;
    }

    /**
     * Where the model is simpler: failures and losses count per rollout there and per stage here; a
     * wave that lost all its hosts goes on baking there; a skipped stage still takes in joiners
     * there; a pause and a resume at once come to nothing there and to a pause here; a serving host
     * that the budget holds back also holds back those after it there; the bake clock there stops
     * at other gaps; a stage that lost its last wave skips its gate there.
     */
    private static boolean isSimpler(JsonNode step) {
        var before = step.get("before");
        var intents = texts(step.get("intents"));
        int stage = before.get("stage").asInt();
        if (intents.contains("pause") && intents.contains("resume")) {
            return true;
        }
        if (before.get("skipped").asBoolean() || TERMINAL.contains(before.get("phase").asText())) {
            return true;
        }
        var members = before.get("member");
        var seen = step.get("seen");
        var excused = texts(before.get("excused"));
        for (var host : excused) {
            if (!seen.has(host) || members.path(host).asInt(-1) != stage) {
                return true;
            }
        }
        var wave = new HashSet<>(texts(before.get("wave")));
        wave.removeIf(h -> !seen.has(h));
        boolean watched = Set.of("Bake", "Gate").contains(before.get("sub").asText());
        if (watched && wave.isEmpty()) {
            return true;
        }
        for (var host : texts(before.get("proven"))) {
            boolean gone = !seen.has(host);
            boolean passed = members.path(host).asInt(-1) < stage;
            boolean ill = !gone && !isGood(seen.get(host), step.get("candidate").asText());
            boolean updates = before.get("sub").asText().equals("Update");
            if (ill || (gone && (passed || updates))) {
                return true;
            }
        }
        for (var host : texts(before.get("joined"))) {
            if (!seen.has(host)) {
                return true;
            }
        }
        var last = before.get("last");
        boolean bakes = before.get("sub").asText().equals("Bake");
        if (bakes && !last.isNull() && step.get("now").asInt() - last.asInt() > 3) {
            return true;
        }
        if (step.get("after").get("reason").asText().equals("BlockedByBudget")) {
            return true;
        }
        boolean fails = step.get("after").get("reason").asText().equals("NoHealthyEvidence");
        boolean proven =
                texts(before.get("proven")).stream()
                        .anyMatch(h -> members.path(h).asInt(-1) == stage);
        boolean skips = wave.isEmpty() && before.get("sub").asText().equals("Update") && proven;
        return skips && !fails;
    }

    private static boolean isGood(JsonNode host, String revision) {
        return host.get(3).asBoolean() && host.get(2).asText().equals(revision);
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(node -> texts.add(node.asText()));
        return texts;
    }

    private static void compare(JsonNode step) {
        var record = record(step);
        var decision =
                Rollout.decide(
                        record,
                        seen(step),
                        ZERO.plusSeconds(step.get("now").asInt()),
                        approvals(step),
                        List.of());
        var after = step.get("after");
        var name = "seed " + step.get("seed") + " at " + step.get("now") + ": " + step;
        var made = decision.record();
        assertThat(made.phase().word()).as(name).isEqualTo(after.get("phase").asText());
        if (made.phase() != RolloutPhase.PROGRESSING) {
            return;
        }
        assertThat(made.paused()).as(name).isEqualTo(after.get("paused").asBoolean());
        assertThat(made.stage()).as(name).isEqualTo(after.get("stage").asInt());
        assertThat(made.state().name()).as(name).isEqualToIgnoringCase(after.get("sub").asText());
        assertThat(members(made, step)).as(name).isEqualTo(members(after, made.stage(), step));
        if (made.state() == StageState.BAKE) {
            assertThat(made.stages().get(made.stage()).bake().toSeconds())
                    .as(name)
                    .isEqualTo(after.get("bake").asInt());
        }
    }

    private static Map<String, Member> members(RolloutRecord record, JsonNode step) {
        var members = new TreeMap<String, Member>();
        step.get("seen")
                .fieldNames()
                .forEachRemaining(id ->
                        record.members()
                                .of(new HostId(id))
                                .ifPresent(member -> members.put(id, member)));
        return members;
    }

    @SuppressWarnings("ReferenceEquality") // the very state before, not one that says the same
    private static Map<String, Member> members(JsonNode model, int stage, JsonNode step) {
        var members = new TreeMap<String, Member>();
        var excused = texts(model.get("excused"));
        var wave = texts(model.get("wave"));
        var admitted = texts(model.get("admitted"));
        model.get("member")
                .properties()
                .forEach(entry -> {
                    var id = entry.getKey();
                    int k = entry.getValue().asInt();
                    if (step.get("seen").has(id) || model == step.get("before")) {
                        members.put(id, new Member(k, role(id, k, stage, excused, wave, admitted)));
                    }
                });
        return members;
    }

    private static Role role(
            String id,
            int k,
            int stage,
            List<String> excused,
            List<String> wave,
            List<String> admitted) {
        if (excused.contains(id)) {
            return Role.EXCUSED;
        }
        if (wave.contains(id)) {
            return Role.WAVE;
        }
        return k < stage || admitted.contains(id) ? Role.PROVEN : Role.CLAIMED;
    }

    private static RolloutRecord record(JsonNode step) {
        var before = step.get("before");
        int stage = before.get("stage").asInt();
        var draft =
                new Draft(
                        RolloutRecord.start(
                                step.get("id").asText(),
                                Optional.of(new Revision(1, 0)),
                                new Revision(number(step.get("candidate").asText()), 0),
                                policy(step.get("policy")),
                                false,
                                "",
                                ZERO,
                                "model"));
        draft.phase = RolloutPhase.of(before.get("phase").asText());
        draft.stage = stage;
        draft.state = StageState.valueOf(before.get("sub").asText().toUpperCase(Locale.ROOT));
        draft.paused = before.get("paused").asBoolean();
        var last = before.get("last");
        draft.lastObserved =
                last.isNull() ? Optional.empty() : Optional.of(ZERO.plusSeconds(last.asInt()));
        draft.gateSince = Optional.of(ZERO);
        if (draft.inStage()) {
            draft.progress(p ->
                    p.marked(StageProgress.Mark.ACTIVE)
                            .withLost(before.get("lost").asInt())
                            .withFailures(before.get("excused").size())
                            .baked(Duration.ofSeconds(before.get("bake").asInt())));
        }
        members(before, stage, step)
                .forEach((id, m) -> draft.put(new HostId(id), m.stage(), m.role()));
        for (var verb : texts(step.get("intents"))) {
            Verb.of(verb).ifPresent(v -> draft.intents.add(intent(v)));
        }
        return draft.frozen();
    }

    private static Intent intent(Verb verb) {
        return new Intent(
                verb.word(),
                verb,
                false,
                Optional.empty(),
                false,
                "model",
                ZERO,
                "",
                Optional.empty());
    }

    private static Map<Integer, StageApproval> approvals(JsonNode step) {
        var approvals = new HashMap<Integer, StageApproval>();
        var approval = new StageApproval("model", ZERO, "");
        step.get("approved").forEach(k -> approvals.put(k.asInt(), approval));
        var before = step.get("before");
        boolean atGate = before.get("sub").asText().equals("Gate");
        if (texts(step.get("intents")).contains("approve") && atGate) {
            approvals.put(before.get("stage").asInt(), approval);
        }
        return approvals;
    }

    private static FrozenPolicy policy(JsonNode model) {
        var stages = new ArrayList<String>();
        for (var stage : model.get("stages")) {
            stages.add(
                    """
                    {"name": "s%d", "selector": {"matchLabels": %s}, "upTo": %s,
                     "bakeTime": "%ds", "minHosts": %s, "onShort": %s, "maxParallel": %s,
                     "maxFailures": %s %s}
                    """
                            .formatted(
                                    stages.size(),
                                    stage.get("selector"),
                                    stage.get("upTo"),
                                    stage.get("bakeTime").asInt(),
                                    stage.get("minHosts"),
                                    stage.get("onShort"),
                                    stage.get("maxParallel"),
                                    model.get("maxFailures"),
                                    stage.get("gate").asText().equals("manual")
                                            ? ", \"gate\": {\"approval\": {\"expires\": \"300d\"}}"
                                            : ""));
        }
        return Policies.of(
                """
                {"stages": %s, "maxUnproven": %s, "maxUnavailable": %s, "lostTolerance": %s,
                 "progressDeadline": "300d"}
                """
                        .formatted(
                                stages,
                                model.get("maxUnproven"),
                                model.get("maxUnavailable"),
                                model.get("lostTolerance")));
    }

    private static int number(String revision) {
        return Integer.parseInt(revision.substring(1));
    }

    private static Snapshot seen(JsonNode step) {
        var hosts = new TreeMap<HostId, HostSeen>();
        var bad = texts(step.get("bad"));
        step.get("seen")
                .properties()
                .forEach(entry -> {
                    var id = new HostId(entry.getKey());
                    var host = entry.getValue();
                    var rev = host.get(2).isNull() ? null : host.get(2).asText();
                    boolean serves = rev != null && host.get(3).asBoolean();
                    hosts.put(
                            id,
                            new HostSeen(
                                    id,
                                    new TreeMap<>(
                                            Map.of(
                                                    "ring",
                                                    host.get(0).asText(),
                                                    "region",
                                                    host.get(1).asText())),
                                    on(rev, step.get("candidate").asText()),
                                    serves ? HostSeen.Health.GOOD : HostSeen.Health.ILL,
                                    serves,
                                    false,
                                    bad.contains(entry.getKey())));
                });
        return new Snapshot(
                hosts,
                new TreeSet<>(hosts.keySet()),
                true,
                false,
                true,
                false,
                false,
                false,
                Ceilings.NONE);
    }

    private static HostSeen.On on(@Nullable String rev, String candidate) {
        if (rev == null) {
            return HostSeen.On.NOTHING;
        }
        if (rev.equals(candidate)) {
            return HostSeen.On.CANDIDATE;
        }
        return rev.equals("r1") ? HostSeen.On.STABLE : HostSeen.On.OTHER;
    }
}
