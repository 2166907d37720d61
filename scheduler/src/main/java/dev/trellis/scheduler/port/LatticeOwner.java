package dev.trellis.scheduler.port;

import dev.trellis.manifest.Manifest;
import dev.trellis.scheduler.decide.AppStatus;
import dev.trellis.scheduler.decide.DeployPlan;
import dev.trellis.scheduler.decide.Explanation;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.HostInventory;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.observe.WorkloadId;
import dev.trellis.scheduler.wanted.HostMark;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;

/** What the loop of a lattice can be asked; answered only by the process that owns it. */
public interface LatticeOwner {
    /** The lattices that this process owns now. */
    Set<LatticeName> owned();

    /** Every lattice that this process knows of: seen in the stream or named by an app. */
    Set<LatticeName> known();

    /**
     * Owned lattices whose loop has not come round for a minute: only a new start of this process
     * helps. One that ended is begun anew by itself and is not among them.
     */
    default Set<LatticeName> stuck() {
        return Set.of();
    }

    /**
     * @return empty when this process does not own the lattice; else an answer within 1 s
     */
    Optional<Overview> overview(LatticeName lattice);

    /**
     * @return empty when not the owner; an empty answer when the app is unknown to the loop
     */
    Optional<Optional<AppStatus>> status(LatticeName lattice, AppName app);

    /**
     * What the lattice holds of apps that are to be taken over from wadm; waits a few seconds for
     * it to be certain.
     *
     * @return empty when not the owner
     */
    Optional<Adoption> adoption(LatticeName lattice, List<Adoption.Candidate> apps);

    /**
     * Numbers of the versions of an app that hosts say they run.
     *
     * @return empty when not the owner, or not every host there may be has said yet what it runs:
     *     then any version may be in use
     */
    Optional<Set<Integer>> running(LatticeName lattice, AppName app);

    /**
     * Why an app's instances are where they are.
     *
     * @param host also what this host has to do with the app; left out of the answer when the host
     *     is not known
     * @return empty when not the owner; an empty answer when nothing is deployed under this name,
     *     or it is still being read
     */
    Optional<Optional<Explanation>> explain(
            LatticeName lattice, AppName app, Optional<HostId> host);

    /**
     * What deploying a version would send at this moment. Stores and sends nothing. Costs the owner
     * about as much as a deploy: tens of milliseconds over 10,000 hosts.
     *
     * @return empty when not the owner, or it could not answer yet: ask again
     */
    Optional<DeployPlan> plan(LatticeName lattice, AppName app, Candidate candidate);

    /**
     * What {@link #rebalance} would send at this moment.
     *
     * @return as {@link #explain}
     */
    Optional<Optional<DeployPlan>> planRebalance(LatticeName lattice, AppName app);

    /**
     * Evens out an app's placement once, whatever its rules say: in the domains of the first
     * topology key or, without one, host by host. Moves are decided at once and made within the
     * disruption budget; the rule's {@code maxMoves} does not bind. While the app is held, or the
     * lattice not settled, it waits. The wish is kept in the owner's memory only, until it is
     * decided: where the owner changes before, ask again. Asking twice does no more than once.
     *
     * @return empty when not the owner; false when nothing is deployed under this name
     */
    Optional<Boolean> rebalance(LatticeName lattice, AppName app);

    /** Live and suspect hosts by id; empty when not the owner. */
    Optional<List<HostView>> hosts(LatticeName lattice);

    /**
     * A version to plan for.
     *
     * @param n its number when it is stored; empty for one that is not
     * @param version its name, for messages and the plan's hash
     * @param hash of its content, as the record of a version has it
     */
    record Candidate(OptionalInt n, String version, String hash, Manifest manifest) {}

    /**
     * @param settled known well enough to act on
     * @param cordoned hosts there are that get nothing, those that are draining included
     */
    record Overview(
            boolean settled,
            int live,
            int suspect,
            int cordoned,
            int draining,
            SortedMap<String, Integer> appsByPhase,
            int removing,
            int orphans,
            Duration eventLag) {}

    /**
     * @param state {@code Live} or {@code Suspect}
     * @param apps which app an id belongs to; ids that are not ours are missing
     * @param versions which version of its app an id was started by, where known
     * @param unhealthy providers that reported ill health last
     * @param mark what people asked of the host; empty: it is in use
     * @param draining how far it is emptied; empty unless that was asked
     */
    record HostView(
            HostInventory inventory,
            String state,
            Instant lastSeen,
            SortedMap<WorkloadId, AppName> apps,
            SortedMap<WorkloadId, String> versions,
            Set<WorkloadId> unhealthy,
            Set<WorkloadId> orphans,
            Optional<HostMark> mark,
            Optional<Draining> draining) {
        /**
         * @param left instances and providers of our apps that are still there
         * @param message what keeps them, such as {@code api: 3 fit nowhere else (maxPerHost=4)};
         *     empty when they are only waiting for their turn
         */
        public record Draining(int left, String message) {}

        public HostId id() {
            return inventory.host();
        }
    }
}
