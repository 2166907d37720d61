package dev.trellis.scheduler.decide;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.trellis.manifest.Component;
import dev.trellis.manifest.ConfigRef;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Names;
import dev.trellis.manifest.SecretRef;
import dev.trellis.manifest.Source;
import dev.trellis.manifest.Spread;
import dev.trellis.manifest.Trait;
import dev.trellis.manifest.placement.Placement;
import dev.trellis.manifest.rollout.RolloutPolicy;
import dev.trellis.scheduler.observe.Link;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.observe.WorkloadKind;
import dev.trellis.scheduler.wanted.AppRecord;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Works out what a stored version asks for: ids, names and values as hosts will know them. */
public final class AppCompiler {
    private static final int DEFAULT_WEIGHT = 100;
    private static final String DEFAULT_SPREAD = "default";
    private static final String SECRET_TYPE = "secret.wasmcloud.dev/v1alpha1";

    /** The port at the end of an address, without leading zeros: {@code 0.0.0.0:8080}. */
    private static final Pattern PORT = Pattern.compile(":0*([0-9]{1,5})$");

    private final Manifest manifest;
    private final SharedComponents shared;
    private final Set<String> covered;
    private final Map<String, WorkloadId> ids = new LinkedHashMap<>();
    private final SortedMap<String, SortedMap<String, String>> configs = new TreeMap<>();
    private final TreeSet<String> external = new TreeSet<>();
    private final List<String> missing = new ArrayList<>();
    private boolean unread;
    private final List<Link> links = new ArrayList<>();

    private AppCompiler(Manifest manifest, SharedComponents shared) {
        this.manifest = manifest;
        this.shared = shared;
        this.covered = manifest.covered().stream().map(Component::name).collect(Collectors.toSet());
    }

    /**
     * Works it out. The names are wadm's (lattice-protocol 4.1), so that what it left is found
     * again.
     *
     * @return empty while a shared app that it uses is still being read
     */
    public static Optional<WantedApp> compile(
            AppRecord record,
            AppRecord.Version version,
            Manifest manifest,
            SharedComponents shared) {
        var compiler = new AppCompiler(manifest, shared);
        int restarts = record.restarts().getOrDefault(version.n(), 0);
        var workloads = compiler.workloads();
        if (compiler.unread) {
            return Optional.empty();
        }
        return Optional.of(
                new WantedApp(
                        record.name(),
                        record,
                        version,
                        restarts == 0 ? "" + version.n() : version.n() + "." + restarts,
                        workloads,
                        compiler.links,
                        compiler.configs,
                        compiler.external,
                        compiler.missing,
                        compiler.staged()));
    }

    private List<Workload> workloads() {
        for (var component : manifest.components()) {
            idOf(component).ifPresent(id -> ids.put(component.name(), id));
        }
        var workloads = new ArrayList<Workload>();
        for (var component : manifest.components()) {
            var targets = linksOf(component);
            if (component.source() instanceof Source.Image(var image)) {
                workloads.add(workload(component, image, targets));
            }
        }
        return workloads;
    }

    private Optional<WorkloadId> idOf(Component component) {
        if (component.source() instanceof Source.Shared(var app, var name)) {
            return switch (shared.find(app, name)) {
                case SharedComponents.Found.Lent(var id) -> Optional.of(id);
                case SharedComponents.Found.Missing(var why) -> {
                    missing.add(component.name() + ": " + why);
                    yield Optional.empty();
                }
                case SharedComponents.Found.Unread() -> {
                    unread = true;
                    yield Optional.empty();
                }
            };
        }
        return Optional.of(new WorkloadId(Names.componentId(manifest.name(), component)));
    }

    private Workload workload(Component component, String image, List<WorkloadId> targets) {
        var config = names(component.config(), component.secrets(), isCovered(component));
        boolean provider = component.kind() == Component.Kind.CAPABILITY;
        // As in wadm: a provider without a scaler runs once, a component without one not at all.
        var scale = new Scale(false, provider ? 1 : 0, List.of());
        for (var trait : component.traits().reversed()) {
            switch (trait) {
                case Trait.SpreadScaler(var instances, var spreads) ->
                        scale = new Scale(false, instances, spreads);
                case Trait.DaemonScaler(var instances, var spreads) ->
                        scale = new Scale(true, instances, spreads);
                case Trait.Link _, Trait.Other _ -> {}
            }
        }
        var rules = component.placement().orElse(Placement.ABSENT);
        return new Workload(
                component.name(),
                new WorkloadId(Names.componentId(manifest.name(), component)),
                provider ? WorkloadKind.PROVIDER : WorkloadKind.COMPONENT,
                image,
                config,
                scale.daemon(),
                scale.instances(),
                spreads(scale.spreads()),
                targets,
                rules,
                exclusive(component, rules),
                beside(component, image, rules, targets));
    }

    /** What the trait declares, and the ports that the HTTP links of a provider listen on. */
    private static List<String> exclusive(Component component, Placement rules) {
        var all = new TreeSet<>(rules.exclusive());
        for (var link : component.links()) {
            boolean serves =
                    link.namespace().equals("wasi")
                            && link.packageName().equals("http")
                            && link.interfaces().contains("incoming-handler");
            if (serves && component.kind() == Component.Kind.CAPABILITY) {
                link.source().config().stream()
                        .flatMap(ref -> ref.properties().stream())
                        .flatMap(properties -> Stream.ofNullable(properties.get("address")))
                        .flatMap(AppCompiler::port)
                        .forEach(port -> all.add("tcp/" + port));
            }
        }
        return List.copyOf(all);
    }

    private static Stream<String> port(String address) {
        var port = PORT.matcher(address);
        return port.find() ? Stream.of(port.group(1)) : Stream.empty();
    }

    private List<WorkloadId> beside(
            Component component, String image, Placement rules, List<WorkloadId> targets) {
        if (component.kind() != Component.Kind.CAPABILITY) {
            return List.of();
        }
        if (!rules.colocateWith().isEmpty()) {
            return rules.colocateWith().stream()
                    .flatMap(name -> Stream.ofNullable(ids.get(name)))
                    .toList();
        }
        return Workload.isBuiltin(image) ? targets : List.of();
    }

    private record Scale(boolean daemon, int instances, List<Spread> spreads) {}

    private static List<Workload.SpreadSpec> spreads(List<Spread> declared) {
        if (declared.isEmpty()) {
            return List.of(
                    new Workload.SpreadSpec(DEFAULT_SPREAD, new TreeMap<>(), DEFAULT_WEIGHT));
        }
        return declared.stream()
                .map(s ->
                        new Workload.SpreadSpec(
                                s.name(), s.requirements(), s.weight().orElse(DEFAULT_WEIGHT)))
                .toList();
    }

    private List<WorkloadId> linksOf(Component component) {
        var targets = new ArrayList<WorkloadId>();
        for (var link : component.links()) {
            var sourceConfig = names(link.source().config(), link.source().secrets(), false);
            var targetConfig = names(link.target().config(), link.target().secrets(), false);
            var source = ids.get(component.name());
            var target = ids.get(link.target().name());
            if (source == null || target == null) {
                continue; // one end is a shared component that is missing, and said so
            }
            targets.add(target);
            add(
                    new Link(
                            source,
                            target,
                            link.name(),
                            link.namespace(),
                            link.packageName(),
                            link.interfaces(),
                            sourceConfig,
                            targetConfig));
        }
        return targets;
    }

    /** A host keeps one link of a key to a target: two traits that say parts of it are one link. */
    private void add(Link link) {
        for (int i = 0; i < links.size(); i++) {
            var before = links.get(i);
            if (before.key().equals(link.key()) && before.target().equals(link.target())) {
                links.set(
                        i,
                        new Link(
                                link.source(),
                                link.target(),
                                link.name(),
                                link.namespace(),
                                link.packageName(),
                                both(before.interfaces(), link.interfaces()),
                                both(before.sourceConfig(), link.sourceConfig()),
                                both(before.targetConfig(), link.targetConfig())));
                return;
            }
        }
        links.add(link);
    }

    private static List<String> both(List<String> one, List<String> other) {
        return Stream.concat(one.stream(), other.stream()).distinct().toList();
    }

    private boolean isCovered(Component component) {
        return covered.contains(component.name());
    }

    private Optional<Staged> staged() {
        return manifest.policies().stream()
                .filter(policy -> policy.type().equals(RolloutPolicy.TYPE))
                .findFirst()
                .map(policy ->
                        new Staged(
                                policy.name(),
                                policy.properties(),
                                RolloutPolicy.of(policy.properties()),
                                manifest.covered().stream()
                                        .map(c ->
                                                new WorkloadId(
                                                        Names.componentId(manifest.name(), c)))
                                        .collect(Collectors.toSet())));
    }

    /** Hosts watch configs: of what is staged, each content has a name of its own. */
    private static String versioned(
            String name, SortedMap<String, String> values, boolean versioned) {
        return versioned ? name + "-r" + RevisionHash.ofConfig(values) : name;
    }

    private List<String> names(List<ConfigRef> refs, List<SecretRef> secrets, boolean versioned) {
        var names = new ArrayList<String>();
        for (var ref : refs) {
            if (ref.properties().isPresent()) {
                var values = ref.properties().get();
                var name =
                        versioned(Names.configName(manifest.name(), ref.name()), values, versioned);
                configs.put(name, values);
                names.add(name);
            } else {
                external.add(ref.name());
                names.add(ref.name());
            }
        }
        for (var secret : secrets) {
            var values = reference(secret);
            var name =
                    versioned(Names.secretName(manifest.name(), secret.name()), values, versioned);
            configs.put(name, values);
            names.add(name);
        }
        return names;
    }

    /** lattice-protocol 4.3: the policy's properties without its backend, as a JSON string. */
    private SortedMap<String, String> reference(SecretRef secret) {
        var values = new TreeMap<String, String>();
        values.put("name", secret.name());
        values.put("type", SECRET_TYPE);
        values.put("key", secret.key());
        secret.field().ifPresent(field -> values.put("field", field));
        secret.version().ifPresent(version -> values.put("version", version));
        var properties = new TreeMap<String, JsonNode>();
        for (var policy : manifest.policies()) {
            if (policy.name().equals(secret.policy())) {
                for (var property : policy.properties().properties()) {
                    if (property.getKey().equals("backend")) {
                        values.put("backend", property.getValue().asText());
                    } else {
                        properties.put(property.getKey(), property.getValue());
                    }
                }
            }
        }
        JsonNode policy =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("type", "properties." + SECRET_TYPE)
                        .set(
                                "properties",
                                JsonNodeFactory.instance.objectNode().setAll(properties));
        values.put("policy", policy.toString());
        return values;
    }
}
