package dev.trellis.manifest.schema;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.placement.Placement;
import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.manifest.schema.Shape.Anything;
import dev.trellis.manifest.schema.Shape.Either;
import dev.trellis.manifest.schema.Shape.Field;
import dev.trellis.manifest.schema.Shape.ListOf;
import dev.trellis.manifest.schema.Shape.MapOf;
import dev.trellis.manifest.schema.Shape.Obj;
import dev.trellis.manifest.schema.Shape.Text;
import dev.trellis.manifest.schema.Shape.Typed;
import dev.trellis.manifest.schema.Shape.Variant;
import dev.trellis.manifest.schema.Shape.Whole;
import dev.trellis.manifest.schema.Shape.Word;
import dev.trellis.manifest.schema.Shape.Written;
import java.util.List;

/** Every object of a manifest, with the fields that it has. */
public final class ManifestShape {

    private static final int ANY_NUMBER = Integer.MAX_VALUE;
    private static final MapOf TEXTS = new MapOf("texts by name", new Written(), ANY_NUMBER);

    /** A named configuration. */
    public static final Obj CONFIG =
            Obj.strict(
                    "Config",
                    "a config with name and properties",
                    Field.required("name", name("a text, the name of the config"), "Its name."),
                    Field.optional(
                            "properties",
                            TEXTS,
                            "Its content; without it somebody else keeps it."));

    /** Where a secret is kept. */
    public static final Obj SECRET_PROPERTIES =
            Obj.lenient(
                    "SecretProperties",
                    "with policy and key",
                    Field.required(
                            "policy",
                            name("a text, the name of a policy"),
                            "A policy of the secret type."),
                    Field.required("key", new Written(), "Where the backend finds it."),
                    Field.optional("field", new Written(), "A part of the secret."),
                    Field.optional("version", new Written(), "A version; the newest if absent."));

    /** A secret by reference. */
    public static final Obj SECRET =
            Obj.lenient(
                    "Secret",
                    "a secret with name and properties",
                    Field.required("name", name("a text, the name of the secret"), "Its name."),
                    Field.required("properties", SECRET_PROPERTIES, "Where it is kept."));

    private static final Field CONFIGS =
            Field.optional(
                    "config",
                    new ListOf(
                            "a list of configs, each with name and properties",
                            CONFIG,
                            0,
                            ANY_NUMBER),
                    "Configurations that are handed over.");
    private static final Field SECRETS =
            Field.optional(
                    "secrets",
                    new ListOf(
                            "a list of secrets, each with name and properties",
                            SECRET,
                            0,
                            ANY_NUMBER),
                    "Secrets that are handed over.");

    /** A component of another application. */
    public static final Obj APPLICATION =
            Obj.lenient(
                    "SharedComponent",
                    "with name and component",
                    Field.required(
                            "name",
                            name("a text, the name of the shared application"),
                            "Name of the shared application."),
                    Field.required(
                            "component",
                            name("a text, the name of its component"),
                            "Name of its component."));

    /** Properties of a component. */
    public static final Obj COMPONENT_PROPERTIES =
            Obj.strict(
                            "ComponentProperties",
                            "with image or application",
                            Field.optional(
                                    "image",
                                    Text.of("a text, the reference of an image", Limits.IMAGE),
                                    "Reference of an image; used as written."),
                            Field.optional(
                                    "application",
                                    APPLICATION,
                                    "In place of an image: a component that another application runs."),
                            Field.optional(
                                    "id",
                                    name("a text, the id in the lattice"),
                                    "Id in the lattice; made from the names if absent."),
                            CONFIGS,
                            SECRETS)
                    .withAnyOf("image", "application");

    /** A spread of a scaler. */
    public static final Obj SPREAD =
            Obj.strict(
                    "Spread",
                    "a spread with name, requirements and weight",
                    Field.required("name", name("a text, the name of the spread"), "Its name."),
                    Field.optional(
                            "requirements",
                            new MapOf("host labels and their values", new Written(), ANY_NUMBER),
                            "Labels that a host must have; every host if absent."),
                    Field.optional(
                            "weight",
                            new Whole(0, Limits.WEIGHT),
                            "100",
                            "Share among the spreads."));

    /** Properties of either scaler. */
    public static final Obj SCALER =
            Obj.strict(
                            "Scaler",
                            "with instances",
                            Field.optional(
                                    "instances",
                                    new Whole(0, Limits.INSTANCES),
                                    "Instances: of a spreadscaler over all hosts, of a daemonscaler on each."),
                            Field.optional(
                                    "spread",
                                    new ListOf("a list of spreads", SPREAD, 0, ANY_NUMBER),
                                    "Shares of the instances, and the hosts that they run on."),
                            Field.older("replicas", new Whole(0, Limits.INSTANCES), "instances"))
                    .withAnyOf("instances", "replicas");

    /** What the source of a link is given. */
    public static final Obj LINK_SOURCE =
            Obj.lenient("LinkSource", "with config and secrets", CONFIGS, SECRETS);

    /** What a link leads to. */
    public static final Obj LINK_TARGET =
            Obj.lenient(
                    "LinkTarget",
                    "with name, config and secrets",
                    Field.required(
                            "name",
                            name("a text, the name of a component"),
                            "A component of the manifest."),
                    CONFIGS,
                    SECRETS);

    /** Properties of a link. */
    public static final Obj LINK =
            Obj.strict(
                    "Link",
                    "with namespace, package, interfaces, name, source and target",
                    Field.required(
                            "namespace",
                            name("a text such as wasi"),
                            "Namespace of the interfaces."),
                    Field.required(
                            "package", name("a text such as http"), "Package of the interfaces."),
                    Field.required(
                            "interfaces",
                            new ListOf(
                                    "a list of interface names",
                                    name("a text, the name of an interface"),
                                    0,
                                    ANY_NUMBER),
                            "Interfaces that are linked."),
                    Field.optional(
                            "name",
                            name("a text, the name of the link"),
                            "default",
                            "Tells links of the same interface apart."),
                    Field.optional(
                            "source", LINK_SOURCE, "What this component is given for the link."),
                    Field.required(
                            "target",
                            new Either(LINK_TARGET, name("a text, the name of a component")),
                            "What the link leads to."),
                    Field.older("source_config", CONFIGS.shape(), "source.config"),
                    Field.older("target_config", CONFIGS.shape(), "target.config"));

    /** A trait of a component. */
    public static final Typed TRAIT =
            new Typed(
                    Obj.strict(
                            "Trait",
                            "a trait with type and properties",
                            Field.required(
                                    "type",
                                    Text.of("a text, the type of the trait"),
                                    "What kind of trait it is."),
                            Field.optional(
                                    "properties", new Anything(), "The settings of the trait.")),
                    List.of(
                            new Variant("spreadscaler", SCALER),
                            new Variant("daemonscaler", SCALER),
                            new Variant("link", LINK),
                            new Variant(Placement.TYPE, PlacementShape.PROPERTIES)));

    /** A component or provider. */
    public static final Obj COMPONENT =
            Obj.lenient(
                    "Component",
                    "a component with name, type, properties and traits",
                    Field.required(
                            "name",
                            name("a text, the name of the component"),
                            "Unique in the manifest."),
                    Field.required(
                            "type",
                            new Either(
                                    new Word(List.of("component", "capability"), List.of()),
                                    new Word(List.of("actor"), List.of())),
                            "component for WebAssembly, capability for a provider."),
                    Field.required("properties", COMPONENT_PROPERTIES, "What it is."),
                    Field.optional(
                            "traits",
                            new ListOf("a list of traits", TRAIT, 0, ANY_NUMBER),
                            "How it is scaled and placed, and what it is linked to."));

    /** A setting for the application as a whole. */
    public static final Typed POLICY =
            new Typed(
                    Obj.lenient(
                            "Policy",
                            "a policy with name, type, properties",
                            Field.required(
                                    "name", name("a text, the name of the policy"), "Its name."),
                            Field.required(
                                    "type",
                                    Text.of("a text, the type of the policy"),
                                    "What kind of policy it is."),
                            Field.required(
                                    "properties",
                                    new MapOf(
                                            "the settings of the policy",
                                            new Anything(),
                                            ANY_NUMBER),
                                    "The settings of the policy.")),
                    List.of(new Variant(RolloutPolicy.TYPE, RolloutShape.PROPERTIES)));

    /** The parts of the application. */
    public static final Obj SPEC =
            Obj.lenient(
                    "Spec",
                    "the components and policies",
                    Field.required(
                            "components",
                            new ListOf("a list of components", COMPONENT, 0, Limits.COMPONENTS),
                            "What runs."),
                    Field.optional(
                            "policies",
                            new ListOf("a list of policies", POLICY, 0, Limits.POLICIES),
                            "Settings for the application as a whole."));

    /** Name and notes. */
    public static final Obj METADATA =
            Obj.lenient(
                    "Metadata",
                    "the metadata",
                    Field.required(
                            "name",
                            Text.of("a text, the name of the application"),
                            "Name of the application, 1 to 128 of A-Z, a-z, 0-9, _ and -."),
                    Field.optional(
                            "annotations",
                            TEXTS,
                            "Notes; version, description and others have a meaning."),
                    Field.optional("labels", TEXTS, "Labels for people and tools."));

    /** The document. */
    public static final Obj MANIFEST =
            Obj.strict(
                    "Manifest",
                    "a manifest with apiVersion, kind, metadata and spec",
                    Field.required(
                            "apiVersion",
                            Text.of("a text, normally core.oam.dev/v1beta1"),
                            "Normally core.oam.dev/v1beta1."),
                    Field.required(
                            "kind",
                            Text.of("a text, normally Application"),
                            "Normally Application."),
                    Field.required("metadata", METADATA, "Name and notes."),
                    Field.required("spec", SPEC, "The parts of the application."));

    private ManifestShape() {}

    private static Text name(String what) {
        return Text.of(what, Limits.NAME);
    }
}
