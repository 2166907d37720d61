package dev.trellis.manifest;

import dev.trellis.manifest.rollout.RolloutPolicy;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One application as it is wanted: what {@code put} receives. Components and policies keep the
 * order of the document. Two equal manifests may still differ in layout and comments; compare
 * content by its hash.
 *
 * @param apiVersion as written, normally {@link #API_VERSION}
 * @param kind as written, normally {@link #KIND}
 */
public record Manifest(
        String apiVersion,
        String kind,
        Metadata metadata,
        List<Component> components,
        List<Policy> policies) {

    /** The OAM version that wadm and its clients write. */
    public static final String API_VERSION = "core.oam.dev/v1beta1";

    /** The only kind of document there is. */
    public static final String KIND = "Application";

    /** Annotation that holds the version. */
    public static final String VERSION_ANNOTATION = "version";

    /** Annotation that holds the text shown in lists. */
    public static final String DESCRIPTION_ANNOTATION = "description";

    /** Annotation that lets other applications use the components of this one. */
    public static final String SHARED_ANNOTATION = "experimental.wasmcloud.dev/shared";

    /** The word that asks for the newest version; never the name of one. */
    public static final String LATEST_VERSION = "latest";

    public Manifest {
        components = List.copyOf(components);
        policies = List.copyOf(policies);
    }

    /** Name of the application, unique in its lattice. */
    public String name() {
        return metadata.name();
    }

    /** The version annotation; empty means that the one who stores the manifest gives it one. */
    public Optional<String> version() {
        return Optional.ofNullable(metadata.annotations().get(VERSION_ANNOTATION));
    }

    /** The description annotation. */
    public Optional<String> description() {
        return Optional.ofNullable(metadata.annotations().get(DESCRIPTION_ANNOTATION));
    }

    /** Whether other applications may use these components: the annotation says {@code true}. */
    public boolean shared() {
        return "true".equals(metadata.annotations().get(SHARED_ANNOTATION));
    }

    /**
     * The rollout policy, defaults filled in; empty means that upgrades are not staged. Read from
     * the properties at each call: keep the result.
     */
    public Optional<RolloutPolicy> rollout() {
        return policies.stream()
                .filter(policy -> policy.type().equals(RolloutPolicy.TYPE))
                .findFirst()
                .map(policy -> RolloutPolicy.of(policy.properties()));
    }

    /**
     * The components that the rollout policy stages: those it names, or all that run an image.
     * Empty without a policy.
     */
    public List<Component> covered() {
        return rollout().map(RolloutPolicy::components).map(this::covered).orElse(List.of());
    }

    private List<Component> covered(List<String> names) {
        return components.stream()
                .filter(component -> component.source() instanceof Source.Image)
                .filter(component -> names.isEmpty() || names.contains(component.name()))
                .toList();
    }

    /** The same manifest under another version. */
    public Manifest withVersion(String version) {
        var annotations = new TreeMap<>(metadata.annotations());
        annotations.put(VERSION_ANNOTATION, version);
        return new Manifest(
                apiVersion,
                kind,
                new Metadata(metadata.name(), annotations, metadata.labels()),
                components,
                policies);
    }
}
