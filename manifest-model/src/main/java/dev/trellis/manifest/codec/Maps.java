package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads maps of texts: annotations, labels, requirements, the content of configs. */
final class Maps {

    private Maps() {}

    static SortedMap<String, String> texts(Reading reading, String path, Node node, String what) {
        var texts = new TreeMap<String, String>();
        if (!(node instanceof Node.Fields(var fields, _, _, _))) {
            reading.error(
                    path, node.at(), Rule.WRONG_TYPE, Say.wrongType(node, "an object, " + what));
            return texts;
        }
        for (var field : fields) {
            var fieldPath = Paths.field(path, field.key());
            if (Say.empty(field.value())) {
                reading.error(
                        fieldPath,
                        field.at(),
                        Rule.MISSING_FIELD,
                        Quote.of(field.key())
                                + " has no value, expected a text; write \"\" for an empty one");
            } else {
                texts.put(field.key(), written(reading, fieldPath, field.value()));
            }
        }
        return texts;
    }

    /** A text, or a number or boolean as it was written; never silently another value. */
    static String written(Reading reading, String path, Node node) {
        if (node instanceof Node.Scalar(_, var text, _)) {
            return text;
        }
        reading.error(
                path,
                node.at(),
                Rule.WRONG_TYPE,
                Say.wrongType(node, "a text") + "; put it in quotes to pass it on as a text");
        return "";
    }
}
