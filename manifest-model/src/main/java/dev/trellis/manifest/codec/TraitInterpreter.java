package dev.trellis.manifest.codec;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trellis.manifest.Limits;
import dev.trellis.manifest.LinkEnd;
import dev.trellis.manifest.LinkTarget;
import dev.trellis.manifest.Spread;
import dev.trellis.manifest.Trait;
import dev.trellis.manifest.check.Nearest;
import dev.trellis.manifest.check.Paths;
import dev.trellis.manifest.check.Quote;
import dev.trellis.manifest.check.Rule;
import dev.trellis.manifest.placement.Placement;
import dev.trellis.manifest.schema.ManifestShape;
import dev.trellis.manifest.schema.PlacementShape;
import dev.trellis.manifest.schema.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** Reads one trait; the type alone decides which, not what its properties look like. */
final class TraitInterpreter {

    private static final List<String> TYPES = Shape.types(ManifestShape.TRAIT);
    private static final String OLDER_LINK = "linkdef";

    private final Reading reading;

    private TraitInterpreter(Reading reading) {
        this.reading = reading;
    }

    static Trait trait(Reading reading, String path, Node node) {
        return new TraitInterpreter(reading).trait(path, node);
    }

    private Trait trait(String path, Node node) {
        var fields = FieldsReader.of(reading, path, node, ManifestShape.TRAIT.frame().what());
        fields.only(ManifestShape.TRAIT.frame());
        var type = fields.text("type", "a text, the type of the trait");
        return switch (type) {
            case "spreadscaler" -> {
                var scaler = scaler(fields);
                yield new Trait.SpreadScaler(scaler.instances(), scaler.spreads());
            }
            case "daemonscaler" -> scaler(fields);
            case "link" -> LinkInterpreter.link(reading, fields);
            case Placement.TYPE -> placement(fields);
            default -> other(fields, type);
        };
    }

    private Trait placement(FieldsReader fields) {
        var path = fields.path("properties");
        return new Trait.Other(
                Placement.TYPE,
                fields.optional("properties")
                        .map(node ->
                                new ShapeReader(reading)
                                        .object(path, node, PlacementShape.PROPERTIES))
                        .orElseGet(JsonNodeFactory.instance::objectNode));
    }

    private Trait other(FieldsReader fields, String type) {
        var hint = hint(type);
        if (!hint.isEmpty()) {
            reading.warning(
                    fields.path("type"),
                    fields.keyPlace("type"),
                    Rule.UNKNOWN_VALUE,
                    "the trait type " + Quote.of(type) + " is not known and has no effect" + hint);
        }
        return new Trait.Other(
                type,
                fields.optional("properties")
                        .map(Free::json)
                        .orElseGet(JsonNodeFactory.instance::objectNode));
    }

    /** Empty for a trait that is probably meant to be another program's. */
    private static String hint(String type) {
        if (type.equals(OLDER_LINK)) {
            return "; did you mean link?";
        }
        return TYPES.contains(type) ? "" : Nearest.hint(type, TYPES);
    }

    private Trait.DaemonScaler scaler(FieldsReader trait) {
        var node = trait.required("properties", "an object with instances");
        if (node.isEmpty()) {
            return new Trait.DaemonScaler(0, List.of());
        }
        var path = trait.path("properties");
        var fields = FieldsReader.of(reading, path, node.get(), ManifestShape.SCALER.what());
        fields.only(ManifestShape.SCALER);
        var spreads = new ArrayList<Spread>();
        for (var spread : fields.list("spread", "a list of spreads")) {
            spreads.add(spread(Paths.item(fields.path("spread"), spreads.size()), spread));
        }
        return new Trait.DaemonScaler(instances(fields), spreads);
    }

    private int instances(FieldsReader fields) {
        var what = "a whole number of instances";
        if (!fields.has("replicas")) {
            return fields.number("instances", Limits.INSTANCES, what);
        }
        if (fields.has("instances")) {
            reading.error(
                    fields.path("replicas"),
                    fields.keyPlace("replicas"),
                    Rule.CONFLICT,
                    "replicas is the older word for instances and both are given; remove replicas");
        } else {
            Older.word(reading, fields, "replicas", "instances");
        }
        return fields.number("replicas", Limits.INSTANCES, what);
    }

    private Spread spread(String path, Node node) {
        var fields = FieldsReader.of(reading, path, node, ManifestShape.SPREAD.what());
        fields.only(ManifestShape.SPREAD);
        return new Spread(
                fields.text("name", "a text, the name of the spread"),
                fields.optional("requirements")
                        .map(value ->
                                Maps.texts(
                                        reading,
                                        fields.path("requirements"),
                                        value,
                                        "host labels and their values"))
                        .orElseGet(TreeMap::new),
                fields.optionalNumber("weight", Limits.WEIGHT));
    }

    /** A stand-in for a link whose properties could not be read. */
    static Trait.Link noLink() {
        return new Trait.Link(
                "",
                "",
                List.of(),
                Trait.DEFAULT_LINK_NAME,
                LinkEnd.NONE,
                new LinkTarget("", List.of(), List.of()));
    }
}
