package dev.trellis.scheduler.step;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.manifest.Component;
import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.LinkEnd;
import dev.trellis.manifest.LinkTarget;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Metadata;
import dev.trellis.manifest.Policy;
import dev.trellis.manifest.SecretRef;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.Spread;
import dev.trellis.manifest.Trait;
import dev.trellis.manifest.placement.Placement;
import dev.trellis.manifest.rollout.RolloutPolicy;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Builds manifests for worlds. */
final class Manifests {
    private final String name;
    private final List<Component> components = new ArrayList<>();
    private final List<Policy> policies = new ArrayList<>();
    private final TreeMap<String, String> annotations = new TreeMap<>();

    private Manifests(String name) {
        this.name = name;
    }

    static Manifests app(String name) {
        return new Manifests(name);
    }

    @CanIgnoreReturnValue
    Manifests with(Component component) {
        components.add(component);
        return this;
    }

    /** Others may use its components. */
    @CanIgnoreReturnValue
    Manifests shared() {
        annotations.put(Manifest.SHARED_ANNOTATION, "true");
        return this;
    }

    @CanIgnoreReturnValue
    Manifests secretPolicy(String policy, Map<String, String> properties) {
        var values = JsonNodeFactory.instance.objectNode();
        properties.forEach(values::put);
        policies.add(new Policy(policy, Policy.SECRET_TYPE, values));
        return this;
    }

    /** A rollout policy; single quotes stand for double ones. */
    @CanIgnoreReturnValue
    Manifests rollout(String properties) {
        try {
            var json = new JsonMapper().readTree(properties.replace('\'', '"'));
            policies.add(new Policy("waves", RolloutPolicy.TYPE, (ObjectNode) json));
            return this;
        } catch (JsonProcessingException wrong) {
            throw new UncheckedIOException(wrong);
        }
    }

    Manifest build() {
        return new Manifest(
                Manifest.API_VERSION,
                Manifest.KIND,
                new Metadata(name, annotations, new TreeMap<>()),
                components,
                policies);
    }

    static Component component(String name, String image, Trait... traits) {
        return component(name, image, List.of(), traits);
    }

    static Component component(String name, String image, List<ConfigRef> config, Trait... traits) {
        return new Component(
                name,
                Component.Kind.COMPONENT,
                new Source.Image(image),
                Optional.empty(),
                config,
                List.of(),
                List.of(traits));
    }

    static Component provider(String name, String image, Trait... traits) {
        return new Component(
                name,
                Component.Kind.CAPABILITY,
                new Source.Image(image),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(traits));
    }

    /** A component of another, shared app. */
    static Component uses(String name, String app, String component, Trait... traits) {
        return new Component(
                name,
                Component.Kind.CAPABILITY,
                new Source.Shared(app, component),
                Optional.empty(),
                List.of(),
                List.of(),
                List.of(traits));
    }

    /** The same under an explicit id. */
    static Component withId(String id, Component component) {
        return new Component(
                component.name(),
                component.kind(),
                component.source(),
                Optional.of(id),
                component.config(),
                component.secrets(),
                component.traits());
    }

    static Component withSecret(SecretRef secret, Component component) {
        return new Component(
                component.name(),
                component.kind(),
                component.source(),
                component.id(),
                component.config(),
                List.of(secret),
                component.traits());
    }

    static Trait instances(int count) {
        return new Trait.SpreadScaler(count, List.of());
    }

    static Trait daemon(int count) {
        return new Trait.DaemonScaler(count, List.of());
    }

    static Spread spread(String name, String zone, int weight) {
        return new Spread(name, new TreeMap<>(Map.of("zone", zone)), OptionalInt.of(weight));
    }

    /** A placement trait, as JSON with single quotes. */
    static Trait placement(String properties) {
        try {
            return new Trait.Other(
                    Placement.TYPE, new ObjectMapper().readTree(properties.replace('\'', '"')));
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(properties, wrong);
        }
    }

    static Trait scaler(int count, Spread... spreads) {
        return new Trait.SpreadScaler(count, List.of(spreads));
    }

    static Spread where(String name, String key, String value, int weight) {
        return new Spread(name, new TreeMap<>(Map.of(key, value)), OptionalInt.of(weight));
    }

    static ConfigRef config(String name, String key, String value) {
        return new ConfigRef(name, Optional.of(new TreeMap<>(Map.of(key, value))));
    }

    static ConfigRef external(String name) {
        return new ConfigRef(name, Optional.empty());
    }

    static Trait link(String packageName, String iface, String target, ConfigRef... sourceConfig) {
        return new Trait.Link(
                "wasi",
                packageName,
                List.of(iface),
                Trait.DEFAULT_LINK_NAME,
                new LinkEnd(List.of(sourceConfig), List.of()),
                new LinkTarget(target, List.of(), List.of()));
    }

    static Trait link(String target, ConfigRef... sourceConfig) {
        return new Trait.Link(
                "wasi",
                "http",
                List.of("incoming-handler"),
                Trait.DEFAULT_LINK_NAME,
                new LinkEnd(List.of(sourceConfig), List.of()),
                new LinkTarget(target, List.of(), List.of()));
    }
}
