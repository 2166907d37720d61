package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.rollout.RolloutSummary;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The full status of an app as its lattice's owner sees it; the members of {@code status} in the
 * HTTP API.
 *
 * @param uid of the app; absent while only what it left behind is known
 * @param deployed the desired version; absent: undeployed
 * @param rollout the one under way, or the last one; absent: none yet
 */
public record AppStatus(
        AppName app,
        Optional<String> uid,
        Phase phase,
        String message,
        Optional<String> deployed,
        Optional<String> latest,
        List<Condition> conditions,
        List<ComponentStatus> components,
        List<LinkStatus> links,
        List<ConfigStatus> configs,
        Optional<Upgrade> upgrade,
        List<HostEntry> hosts,
        Optional<RolloutSummary> rollout) {

    /** One without a rollout. */
    public AppStatus(
            AppName app,
            Optional<String> uid,
            Phase phase,
            String message,
            Optional<String> deployed,
            Optional<String> latest,
            List<Condition> conditions,
            List<ComponentStatus> components,
            List<LinkStatus> links,
            List<ConfigStatus> configs,
            Optional<Upgrade> upgrade,
            List<HostEntry> hosts) {
        this(
                app,
                uid,
                phase,
                message,
                deployed,
                latest,
                conditions,
                components,
                links,
                configs,
                upgrade,
                hosts,
                Optional.empty());
    }

    /** The same status with other conditions. */
    public AppStatus withConditions(List<Condition> others) {
        return new AppStatus(
                app,
                uid,
                phase,
                message,
                deployed,
                latest,
                others,
                components,
                links,
                configs,
                upgrade,
                hosts,
                rollout);
    }

    /**
     * @param status {@code True}, {@code False} or {@code Unknown}
     */
    public record Condition(
            String type,
            String status,
            String reason,
            String message,
            Instant lastTransition,
            Optional<String> observedVersion) {

        /** Whether it held as well when {@code before} was said: then nothing turned. */
        public boolean continues(Condition before) {
            return type.equals(before.type) && status.equals(before.status);
        }

        public Condition since(Instant transition) {
            return new Condition(type, status, reason, message, transition, observedVersion);
        }
    }

    /**
     * @param versions instances running, by version
     */
    public record ComponentStatus(
            String name,
            String id,
            String type,
            String image,
            int wanted,
            int running,
            int unhealthy,
            Map<String, Integer> versions,
            List<SpreadStatus> spreads,
            Optional<LastError> lastError) {}

    public record SpreadStatus(String name, int wanted, int running) {}

    /**
     * @param nextRetry absent: only a change of hosts, limits or manifest can help
     */
    public record LastError(
            String message,
            Optional<HostId> host,
            int count,
            Instant firstSeen,
            Instant lastSeen,
            Optional<Instant> nextRetry) {}

    /**
     * @param scope {@code namespace:package/interfaces}
     */
    public record LinkStatus(
            String source, String target, String name, String scope, boolean present) {}

    public record ConfigStatus(String name, boolean present, boolean managed) {}

    public record Upgrade(
            String from, String to, int hosts, int moved, int inTransition, int budget) {}

    public record HostEntry(
            String component, HostId host, int wanted, int running, String version, String state) {}
}
