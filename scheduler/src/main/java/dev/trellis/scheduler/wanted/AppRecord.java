package dev.trellis.scheduler.wanted;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is stored of an app under {@code app.<lattice>.<app>}: its versions and which is desired.
 *
 * @param uid made when the app was first put; a new app of the same name has another
 * @param revision of the key in the bucket; the ETag
 * @param versions in order of creation, never empty
 * @param deployed number of the desired version; absent: undeployed
 * @param lastGood number of the version last seen Deployed; absent: none yet
 * @param goodBefore the good version before {@code lastGood}
 * @param restarts how often a version was restarted, by its number; absent: never
 * @param rejected hashes of content in quarantine
 * @param hold set: observe and say, send nothing
 * @param orphaned undeployed so that what it ran is left running and belongs to nobody
 * @param adopted taken over from wadm: what that started under its ids is the app's. It is said
 *     here, in the one value by which the app appears, so that it is never seen without what it
 *     owns
 * @param deploys how often something was deployed, restarted or rolled back to: names the rollout
 *     that follows from it
 */
public record AppRecord(
        LatticeName lattice,
        AppName name,
        String uid,
        long revision,
        List<Version> versions,
        OptionalInt deployed,
        OptionalInt lastGood,
        OptionalInt goodBefore,
        SortedMap<Integer, Integer> restarts,
        List<String> rejected,
        Optional<Hold> hold,
        boolean orphaned,
        boolean adopted,
        long deploys) {
    public AppRecord {
        versions = List.copyOf(versions);
        restarts = Collections.unmodifiableSortedMap(new TreeMap<>(restarts));
        rejected = List.copyOf(rejected);
    }

    /** One of which nothing was deployed yet by a verb. */
    public AppRecord(
            LatticeName lattice,
            AppName name,
            String uid,
            long revision,
            List<Version> versions,
            OptionalInt deployed,
            OptionalInt lastGood,
            OptionalInt goodBefore,
            SortedMap<Integer, Integer> restarts,
            List<String> rejected,
            Optional<Hold> hold,
            boolean orphaned,
            boolean adopted) {
        this(
                lattice,
                name,
                uid,
                revision,
                versions,
                deployed,
                lastGood,
                goodBefore,
                restarts,
                rejected,
                hold,
                orphaned,
                adopted,
                0);
    }

    /** One that was neither orphaned nor adopted. */
    public AppRecord(
            LatticeName lattice,
            AppName name,
            String uid,
            long revision,
            List<Version> versions,
            OptionalInt deployed,
            OptionalInt lastGood,
            OptionalInt goodBefore,
            SortedMap<Integer, Integer> restarts,
            List<String> rejected,
            Optional<Hold> hold) {
        this(
                lattice,
                name,
                uid,
                revision,
                versions,
                deployed,
                lastGood,
                goodBefore,
                restarts,
                rejected,
                hold,
                false,
                false,
                0);
    }

    /** One that was deployed as often. */
    public AppRecord withDeploys(long count) {
        return new AppRecord(
                lattice,
                name,
                uid,
                revision,
                versions,
                deployed,
                lastGood,
                goodBefore,
                restarts,
                rejected,
                hold,
                orphaned,
                adopted,
                count);
    }

    /** The rollout that the last deploy leads to, where there is one. */
    public String rolloutId() {
        return (uid.length() > 8 ? uid.substring(0, 8) : uid) + "-" + deploys;
    }

    /** One stored version. {@code n} counts from 1 and is never used again. */
    public record Version(int n, String version, String hash, Instant at, String by) {}

    /** Who held, when, and why; {@code reason} may be empty. */
    public record Hold(String by, Instant at, String reason) {}

    public Version latest() {
        return versions.getLast();
    }

    public Optional<Version> version(int n) {
        return versions.stream().filter(v -> v.n() == n).findFirst();
    }

    public Optional<Version> deployedVersion() {
        return deployed.isPresent() ? version(deployed.getAsInt()) : Optional.empty();
    }
}
