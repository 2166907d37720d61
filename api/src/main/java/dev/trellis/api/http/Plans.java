package dev.trellis.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.ask.Question;
import dev.trellis.api.store.AppRepository;
import dev.trellis.api.store.StoredApp;
import dev.trellis.api.view.DiffView;
import dev.trellis.api.view.Page;
import dev.trellis.api.view.PlanView;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.codec.ManifestWriter;
import dev.trellis.manifest.diff.ManifestDiff;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.LatticeOwner.Candidate;
import dev.trellis.scheduler.wanted.AppRecord;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.OptionalInt;

/** Asks the owner what a deploy would send. */
@Singleton
final class Plans {
    /** How a version that is not stored and names none is called. */
    private static final String UNNAMED = "new";

    private final AppRepository apps;
    private final Replies replies;

    Plans(AppRepository apps, Replies replies) {
        this.apps = apps;
        this.replies = replies;
    }

    /** A stored version. */
    Candidate candidate(AppRecord app, AppRecord.Version version) {
        return new Candidate(
                OptionalInt.of(version.n()),
                version.version(),
                version.hash(),
                manifest(app, version));
    }

    /** A manifest that need not be stored; where it is, it is the stored version. */
    Candidate candidate(Optional<StoredApp> stored, Manifest manifest) {
        var hash = ManifestWriter.hash(manifest);
        var named = manifest.version();
        return stored.map(StoredApp::record)
                .flatMap(app -> same(app, named, hash))
                .map(version ->
                        new Candidate(
                                OptionalInt.of(version.n()), version.version(), hash, manifest))
                .orElseGet(() ->
                        new Candidate(OptionalInt.empty(), named.orElse(UNNAMED), hash, manifest));
    }

    private static Optional<AppRecord.Version> same(
            AppRecord app, Optional<String> named, String hash) {
        return AppRepository.chosen(app, named).filter(version -> version.hash().equals(hash));
    }

    /**
     * The plan with what differs in the manifests.
     *
     * @param commands the page of its commands; its cursor is good for the same plan only
     */
    ObjectNode plan(
            LatticeName lattice,
            AppName app,
            Optional<StoredApp> stored,
            Candidate candidate,
            Optional<Page> commands) {
        var question = new Question.Plan(app.value(), candidate, commands);
        var json = bound(replies.ask(lattice, question, Replies.noApp(lattice, app)), commands);
        var deployed =
                stored.map(StoredApp::record)
                        .flatMap(record -> record.deployedVersion().map(v -> manifest(record, v)));
        var diff =
                deployed.map(from -> ManifestDiff.between(from, candidate.manifest()))
                        .orElseGet(() -> ManifestDiff.toFirst(candidate.manifest()));
        json.set("changes", DiffView.of(diff));
        return json;
    }

    /** Refuses when the plan is not the one that the person has seen. */
    void check(LatticeName lattice, AppName app, Candidate candidate, String planHash) {
        var question = new Question.Plan(app.value(), candidate, Optional.empty());
        var plan = replies.ask(lattice, question, Replies.noApp(lattice, app));
        if (!plan.path("planHash").asText().equals(planHash)) {
            throw changed(plan).toException();
        }
    }

    /** The plan, if the cursor of its page was given with the same one. */
    static ObjectNode bound(ObjectNode plan, Optional<Page> page) {
        boolean other =
                page.filter(p -> p.after().isPresent())
                        .filter(p ->
                                !PlanView.boundTo(p)
                                        .equals(Optional.of(plan.path("planHash").asText())))
                        .isPresent();
        if (other) {
            throw changed(plan).toException();
        }
        return plan;
    }

    private static Problem changed(ObjectNode plan) {
        var problem =
                Problem.conflict(
                        "PlanChanged", "the world has moved since this plan; look at the new one");
        problem.extra().put("planHash", plan.path("planHash").asText());
        return problem;
    }

    private Manifest manifest(AppRecord app, AppRecord.Version version) {
        return apps.revision(app.lattice(), app.name(), version.n())
                .orElseThrow(() -> Replies.noVersion(app.name(), version.version()).toException())
                .manifest();
    }
}
