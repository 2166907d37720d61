package dev.trellis.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.trellis.manifest.ManifestProblem;
import java.util.List;

/** Problems of a manifest, as JSON. */
final class ManifestView {
    private ManifestView() {}

    static void problems(ArrayNode json, List<ManifestProblem> problems) {
        for (var problem : problems) {
            var entry = json.addObject().put("path", problem.path());
            if (problem.line() > 0) {
                entry.put("line", problem.line()).put("column", problem.column());
            }
            entry.put("rule", problem.rule())
                    .put("message", problem.message())
                    .put("severity", problem.severity().json());
        }
    }
}
