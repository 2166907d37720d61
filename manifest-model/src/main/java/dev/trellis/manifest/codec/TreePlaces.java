package dev.trellis.manifest.codec;

import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Places;
import java.util.Map;
import java.util.TreeMap;

/** Finds paths in the tree of a document, by walking down as far as it goes. */
final class TreePlaces implements Places {

    private final Node root;
    private final Map<String, String> respelled = new TreeMap<>();

    TreePlaces(Node root) {
        this.root = root;
    }

    /** What the manifest has at {@code path}, the document has at {@code written}. */
    void respell(String path, String written) {
        respelled.put(path, written);
    }

    @Override
    public Located locate(String path) {
        var written = written(path);
        var found = find(root, "", written);
        return new Located(written, found);
    }

    private String written(String path) {
        for (int end = path.length(); end > 0; end--) {
            boolean boundary = end == path.length() || ".[".indexOf(path.charAt(end)) >= 0;
            var other = boundary ? respelled.get(path.substring(0, end)) : null;
            if (other != null) {
                return other + path.substring(end);
            }
        }
        return path;
    }

    private static Place find(Node node, String path, String wanted) {
        Place here = node.at();
        if (path.equals(wanted)) {
            return here;
        }
        return switch (node) {
            case Node.Scalar _ -> here;
            case Node.Items items -> findItem(items, path, wanted);
            case Node.Fields fields -> findField(fields, path, wanted);
        };
    }

    private static Place findItem(Node.Items items, String path, String wanted) {
        int close = wanted.indexOf(']', path.length());
        if (close < 0 || !wanted.startsWith("[", path.length())) {
            return items.at();
        }
        var index = wanted.substring(path.length() + 1, close);
        if (!index.chars().allMatch(Character::isDigit) || index.isEmpty() || index.length() > 6) {
            return items.at();
        }
        int i = Integer.parseInt(index);
        return i < items.items().size()
                ? find(items.items().get(i), wanted.substring(0, close + 1), wanted)
                : items.at();
    }

    private static Place findField(Node.Fields fields, String path, String wanted) {
        for (var field : fields.fields()) {
            var next = Paths.field(path, field.key());
            if (wanted.equals(next) || leads(next, wanted)) {
                return empty(field.value()) && wanted.equals(next)
                        ? field.at()
                        : find(field.value(), next, wanted);
            }
        }
        return fields.at();
    }

    private static boolean leads(String path, String wanted) {
        return wanted.startsWith(path) && ".[".indexOf(wanted.charAt(path.length())) >= 0;
    }

    private static boolean empty(Node node) {
        return node instanceof Node.Scalar(var type, _, _) && type == Node.Type.EMPTY;
    }
}
