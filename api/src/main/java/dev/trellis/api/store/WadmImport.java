package dev.trellis.api.store;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.ManifestWriter;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.Adoption;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.wanted.AppRecord;
import io.nats.client.Connection;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the apps of a lattice over from wadm, with all their versions, and makes what runs their
 * own, so that nothing has to be restarted. wadm's bucket is only read. What is here already is
 * left as it is, so a second import does nothing; processes may import at once.
 */
public final class WadmImport {
    private static final Logger log = LoggerFactory.getLogger(WadmImport.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1," + Limits.APP_NAME + "}");

    private final KvBucket bucket;
    private final Revisions revisions;
    private final AppRepository apps;
    private final AppCatalog catalog;
    private final ManifestCodec codec;
    private final WadmManifests wadm;
    private final Lattices lattices;
    private final InstantSource clock;

    /** Looks at what there is of apps in a lattice, where it is owned by this process. */
    public interface Lattices {
        /**
         * What there is.
         *
         * @return empty when this process does not own it
         */
        Optional<Adoption> look(LatticeName lattice, List<Adoption.Candidate> apps);
    }

    public WadmImport(
            KvBucket bucket,
            Revisions revisions,
            AppRepository apps,
            AppCatalog catalog,
            ManifestCodec codec,
            Connection nats,
            ImportSettings settings,
            Lattices lattices,
            InstantSource clock) {
        this.bucket = bucket;
        this.revisions = revisions;
        this.apps = apps;
        this.catalog = catalog;
        this.codec = codec;
        this.wadm = new WadmManifests(nats, settings);
        this.lattices = lattices;
        this.clock = clock;
    }

    /** An app that is to be taken over, and how it would be stored. */
    private record Wanted(
            WadmApp app, AppRecord record, Optional<Manifest> desired, String message) {}

    /**
     * Imports a lattice.
     *
     * @param dryRun only say what would be done
     * @param by who asked for it; noted with each version
     * @throws dev.trellis.scheduler.port.StoreUnavailableException when the store does not answer;
     *     what was taken over by then stays, and another import goes on from there
     */
    public ImportReport run(LatticeName lattice, boolean dryRun, String by) {
        var said = new TreeMap<String, ImportReport.App>();
        var wanted = new TreeMap<String, Wanted>();
        var claimed = claimsHere(lattice);
        for (var app : wadm.read(lattice)) {
            said.put(app.name(), judge(lattice, app, claimed, wanted, by));
        }
        var candidates = new ArrayList<Adoption.Candidate>();
        wanted.values()
                .forEach(w ->
                        w.desired()
                                .ifPresent(d ->
                                        candidates.add(new Adoption.Candidate(w.record(), d))));
        var found = lattices.look(lattice, candidates);
        if (!dryRun) {
            for (var one : wanted.values()) {
                if (!store(one)) {
                    said.put(
                            one.app().name(),
                            conflict(one.app(), "it was put here at the same moment"));
                }
            }
        }
        return new ImportReport(dryRun, List.copyOf(said.values()), found);
    }

    private ImportReport.App judge(
            LatticeName lattice,
            WadmApp app,
            Map<String, String> claimed,
            Map<String, Wanted> wanted,
            String by) {
        if (app.unreadable().isPresent()) {
            return conflict(app, app.unreadable().get());
        }
        if (!NAME.matcher(app.name()).matches() || app.versions().isEmpty()) {
            return conflict(app, app.left().isEmpty() ? "no version" : left(app));
        }
        if (app.deployed().isPresent() && app.desired().isEmpty()) {
            return conflict(app, "the deployed version can't be read: " + left(app));
        }
        var here = apps.find(lattice, new AppName(app.name()));
        if (here.isPresent()) {
            return isTakenOver(here.get().record(), app)
                    ? said(app, ImportReport.Action.UNCHANGED, "")
                    : conflict(app, "an app of this name with other content is here already");
        }
        for (var claim : app.desired().map(Claims::of).orElse(java.util.Set.of())) {
            var other = claimed.putIfAbsent(claim, app.name());
            if (other != null && !other.equals(app.name())) {
                return conflict(app, "app %s has %s".formatted(other, claim));
            }
        }
        var message = app.left().isEmpty() ? "" : "left out: " + left(app);
        wanted.put(app.name(), new Wanted(app, record(lattice, app, by), app.desired(), message));
        return said(app, ImportReport.Action.IMPORT, message);
    }

    private static String left(WadmApp app) {
        return String.join("; ", app.left());
    }

    private static ImportReport.App said(WadmApp app, ImportReport.Action action, String message) {
        return new ImportReport.App(
                app.name(),
                app.versions().stream().map(WadmApp.Version::version).toList(),
                app.deployed(),
                action,
                message);
    }

    private static ImportReport.App conflict(WadmApp app, String why) {
        return new ImportReport.App(
                app.name(), List.of(), Optional.empty(), ImportReport.Action.CONFLICT, why);
    }

    /** Every version that both have has the same content, and there is one. */
    private boolean isTakenOver(AppRecord here, WadmApp app) {
        boolean any = false;
        for (var version : app.versions()) {
            for (var ours : here.versions()) {
                if (!ours.version().equals(version.version())) {
                    continue;
                }
                if (!ours.hash().equals(codec.hash(version.manifest()))) {
                    return false;
                }
                any = true;
            }
        }
        return any;
    }

    private Map<String, String> claimsHere(LatticeName lattice) {
        var claimed = new HashMap<String, String>();
        for (var app : catalog.apps(lattice)) {
            var record = app.record();
            record.deployed()
                    .ifPresent(n ->
                            revisions
                                    .read(lattice, record.name(), n)
                                    .ifPresent(rev ->
                                            Claims.of(rev.manifest())
                                                    .forEach(claim ->
                                                            claimed.put(
                                                                    claim,
                                                                    record.name().value()))));
        }
        return claimed;
    }

    /** What wadm deployed was good enough to stay, so the first staged upgrade is a staged one. */
    private AppRecord record(LatticeName lattice, WadmApp app, String by) {
        var versions = new ArrayList<AppRecord.Version>();
        var deployed = OptionalInt.empty();
        for (var version : app.versions()) {
            int n = versions.size() + 1;
            versions.add(
                    new AppRecord.Version(
                            n,
                            version.version(),
                            codec.hash(version.manifest()),
                            clock.instant(),
                            by));
            if (app.deployed().filter(version.version()::equals).isPresent()) {
                deployed = OptionalInt.of(n);
            }
        }
        return new AppRecord(
                lattice,
                new AppName(app.name()),
                UUID.randomUUID().toString(),
                0,
                versions,
                deployed,
                deployed,
                OptionalInt.empty(),
                new TreeMap<>(),
                List.of(),
                Optional.empty(),
                false,
                true);
    }

    /**
     * The versions first, then the one record by which the app appears, adopted from the beginning.
     * What it owns is written by the loop: were it written here, the loop could see it before the
     * app, and take it for what a deleted app has left.
     */
    private boolean store(Wanted wanted) {
        var record = wanted.record();
        var lattice = record.lattice();
        var name = record.name();
        var numbers = new ArrayList<Integer>();
        int n = 0;
        for (var version : wanted.app().versions()) {
            var encoded = revisions.encode(revision(version));
            do {
                n++;
            } while (revisions.create(lattice, name, n, encoded) instanceof WriteOutcome.Conflict);
            numbers.add(n);
        }
        var about = StoredApp.About.of(wanted.app().versions().getLast().manifest());
        var stored = new StoredApp(renumbered(record, numbers), n, about);
        return switch (bucket.create(Keys.app(lattice, name), AppJson.write(stored))) {
            case WriteOutcome.Written _ -> {
                log.atInfo()
                        .addKeyValue("lattice", lattice)
                        .addKeyValue("manifest", name)
                        .addKeyValue("versions", numbers.size())
                        .log("taken over from wadm");
                yield true;
            }
            case WriteOutcome.Conflict() -> {
                numbers.forEach(unused -> revisions.delete(lattice, name, unused));
                yield apps.find(lattice, name)
                        .filter(here -> isTakenOver(here.record(), wanted.app()))
                        .isPresent();
            }
        };
    }

    private Revision revision(WadmApp.Version version) {
        var text = new String(ManifestWriter.json(version.manifest()), StandardCharsets.UTF_8);
        return new Revision(
                new Document(text, "application/json"),
                version.manifest(),
                codec.hash(version.manifest()),
                version.version());
    }

    /** Numbers that an app of this name has used up before are passed over. */
    private static AppRecord renumbered(AppRecord record, List<Integer> numbers) {
        var versions = new ArrayList<AppRecord.Version>();
        for (int i = 0; i < numbers.size(); i++) {
            var v = record.versions().get(i);
            versions.add(
                    new AppRecord.Version(numbers.get(i), v.version(), v.hash(), v.at(), v.by()));
        }
        var deployed =
                record.deployed().isEmpty()
                        ? OptionalInt.empty()
                        : OptionalInt.of(numbers.get(record.deployed().getAsInt() - 1));
        return new AppRecord(
                record.lattice(),
                record.name(),
                record.uid(),
                0,
                versions,
                deployed,
                deployed,
                OptionalInt.empty(),
                record.restarts(),
                record.rejected(),
                record.hold(),
                false,
                true);
    }
}
