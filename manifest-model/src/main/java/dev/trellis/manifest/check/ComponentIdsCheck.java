package dev.trellis.manifest.check;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Names;
import java.util.HashMap;
import java.util.regex.Pattern;

/** An id, given or generated, is one token of a subject and belongs to one component. */
final class ComponentIdsCheck implements Check {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_=/-]{1," + Limits.NAME + "}");

    @Override
    public void run(Manifest manifest, Findings findings) {
        var first = new HashMap<String, Integer>();
        for (int i = 0; i < manifest.components().size(); i++) {
            var component = manifest.components().get(i);
            shape(i, component, findings);
            if (component.name().isEmpty()) {
                continue;
            }
            var id = Names.componentId(manifest.name(), component);
            var before = first.putIfAbsent(id, i);
            // one name twice gives one id twice: the name is the problem then
            if (before != null
                    && !manifest.components().get(before).name().equals(component.name())) {
                duplicate(i, component, id, manifest.components().get(before), findings);
            }
        }
    }

    private static void shape(int index, Component component, Findings findings) {
        component
                .id()
                .filter(id -> !id.isEmpty() && !ID.matcher(id).matches())
                .ifPresent(id ->
                        findings.error(
                                Paths.component(index) + ".properties.id",
                                Rule.INVALID_ID,
                                "the id "
                                        + Quote.of(id)
                                        + " cannot be used, expected 1 to "
                                        + Limits.NAME
                                        + " of A-Z, a-z, 0-9, _, =, / and -"));
    }

    private static void duplicate(
            int index, Component component, String id, Component before, Findings findings) {
        var path = Paths.component(index);
        findings.error(
                component.id().isPresent() ? path + ".properties.id" : path + ".name",
                Rule.DUPLICATE_ID,
                "Duplicate component identifier in manifest: "
                        + Quote.of(id)
                        + " is also the id of component "
                        + Quote.of(before.name())
                        + "; set another properties.id");
    }
}
