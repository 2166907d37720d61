package dev.trellis.scheduler.decide;

import dev.trellis.manifest.Component;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.Names;
import dev.trellis.manifest.Source;
import dev.trellis.scheduler.observe.WorkloadId;

/** The components that deployed apps lend to others, by the desired version of each. */
public interface SharedComponents {
    /** Looks up {@code component} of {@code application}. */
    Found find(String application, String component);

    /** What came of a look. */
    sealed interface Found {
        /** It is lent, and hosts know it by this id. */
        record Lent(WorkloadId id) implements Found {}

        /** It can't be had now. {@code why} is a clause, as {@code app db is not deployed}. */
        record Missing(String why) implements Found {}

        /** The other app's version is still being read. */
        record Unread() implements Found {}
    }

    /** What the deployed version of an app lends under a name; its explicit id is honoured. */
    static Found in(Manifest deployed, String component) {
        var app = deployed.name();
        if (!deployed.shared()) {
            return new Found.Missing("app %s is not shared".formatted(app));
        }
        return deployed.components().stream()
                .filter(c -> c.name().equals(component))
                .filter(c -> c.source() instanceof Source.Image)
                .findFirst()
                .<Found>map(c -> new Found.Lent(id(app, c)))
                .orElseGet(() ->
                        new Found.Missing(
                                "version %s of shared app %s has no component %s"
                                        .formatted(
                                                deployed.version().orElse("?"), app, component)));
    }

    private static WorkloadId id(String app, Component component) {
        return new WorkloadId(Names.componentId(app, component));
    }
}
