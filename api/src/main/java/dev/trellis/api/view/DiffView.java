package dev.trellis.api.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.trellis.manifest.diff.Change;
import dev.trellis.manifest.diff.ManifestDiff;

/** Differences of two manifests, as in a plan. */
public final class DiffView {
    private DiffView() {}

    public static ArrayNode of(ManifestDiff diff) {
        var changes = Json.object().putArray("changes");
        for (Change change : diff.changes()) {
            var json =
                    changes.addObject()
                            .put("path", change.path())
                            .put("class", change.changeClass().word());
            change.from().ifPresent(from -> json.set("from", from));
            change.to().ifPresent(to -> json.set("to", to));
        }
        return changes;
    }
}
