package dev.trellis.scheduler.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/** 2,000 random problems each, answered once by the reference model (model/assign.py). */
final class ModelComparisonTest {

    @Test
    void placesAsTheReferenceModel() throws IOException {
        int line = 0;
        for (var world : Recorded.read("model.jsonl.gz")) {
            var placed = Assign.solve(problem(world), counts(world.get("split")));

            var found = new LinkedHashMap<>(placed.perSpread());
            found.values().removeIf(Map::isEmpty);
            assertThat(found)
                    .as("line %d: %s", ++line, world)
                    .isEqualTo(counts(world.get("count")));
            assertThat(placed.targets()).as("line %d", line).isEqualTo(flat(world.get("targets")));
            assertThat(placed.unplaced())
                    .as("line %d", line)
                    .isEqualTo(flat(world.get("unplaced")));
        }
        assertThat(line).isEqualTo(2000);
    }

    @Test
    void apportionsAsTheReferenceModel() throws IOException {
        for (var row : Recorded.read("apportion.jsonl.gz")) {
            int n = row.get("n").asInt();
            int[] weights = ints(row.get("weights"));
            int[] limits = ints(row.get("limits"));
            int[] mins = ints(row.get("mins"));

            assertThat(Apportion.wadm(n, weights)).as("%s", row).isEqualTo(ints(row.get("wadm")));
            assertThat(Apportion.webster(n, weights))
                    .as("%s", row)
                    .isEqualTo(ints(row.get("webster")));
            if (row.get("limited").isNull()) {
                assertThatThrownBy(() -> Apportion.webster(n, weights, limits, mins))
                        .isInstanceOf(IllegalArgumentException.class);
            } else {
                assertThat(Apportion.webster(n, weights, limits, mins))
                        .as("%s", row)
                        .isEqualTo(ints(row.get("limited")));
            }
        }
    }

    private static PlacementProblem problem(JsonNode world) {
        var hosts = new ArrayList<HostSlot>();
        for (var host : world.get("hosts")) {
            hosts.add(
                    new HostSlot(
                            host.get(0).asText(),
                            host.get(1).asInt(),
                            false,
                            host.get(2).asText(),
                            0));
        }
        var spreads = new ArrayList<SpreadRule>();
        for (var spread : world.get("spreads")) {
            spreads.add(
                    new SpreadRule(
                            spread.get(0).asText(),
                            spread.get(1).asInt(),
                            spread.get(2).asInt(),
                            spread.get(3).asInt(),
                            texts(spread.get(4))));
        }
        return new PlacementProblem(
                world.get("app").asText(),
                hosts,
                spreads,
                world.get("n").asInt(),
                Apportionment.WEBSTER,
                world.get("redistribute").asBoolean(),
                world.get("maxSkew").isNull()
                        ? OptionalInt.empty()
                        : OptionalInt.of(world.get("maxSkew").asInt()),
                world.get("moves").asInt(),
                Map.of());
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static int[] ints(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
    }

    private static Map<String, Map<String, Integer>> counts(JsonNode object) {
        var counts = new TreeMap<String, Map<String, Integer>>();
        object.properties().forEach(entry -> counts.put(entry.getKey(), flat(entry.getValue())));
        return counts;
    }

    private static Map<String, Integer> flat(JsonNode object) {
        var counts = new TreeMap<String, Integer>();
        object.properties().forEach(entry -> counts.put(entry.getKey(), entry.getValue().asInt()));
        return counts;
    }
}
