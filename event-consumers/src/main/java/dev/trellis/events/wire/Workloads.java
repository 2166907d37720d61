package dev.trellis.events.wire;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.trellis.scheduler.observe.Running;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The two lists of an inventory. */
final class Workloads {
    private final SortedMap<WorkloadId, Running> found = new TreeMap<>();
    private final Set<WorkloadKind> said = EnumSet.noneOf(WorkloadKind.class);
    private boolean nameless;

    void read(JsonParser in, WorkloadKind kind) throws IOException {
        if (in.currentToken() != JsonToken.START_ARRAY) {
            in.skipChildren();
            return;
        }
        said.add(kind);
        while (in.nextToken() != JsonToken.END_ARRAY) {
            var entry = Fields.read(in);
            entry.workload()
                    .ifPresentOrElse(
                            id -> found.put(id, entry.running(kind)), () -> nameless = true);
        }
    }

    /** Whether both lists were there, and every entry says what it is. */
    boolean complete() {
        return !nameless && said.size() == WorkloadKind.values().length;
    }

    SortedMap<WorkloadId, Running> found() {
        return found;
    }
}
