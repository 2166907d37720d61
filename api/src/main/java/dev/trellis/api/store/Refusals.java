package dev.trellis.api.store;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.stream.Collectors;

/** Why a verb did nothing, in a sentence: the same over every API. */
public final class Refusals {
    private Refusals() {}

    /** Of an app that is not stored. */
    public static String noApp(LatticeName lattice, AppName app) {
        return "no app %s in lattice %s".formatted(app, lattice);
    }

    /** Of a version that is not stored. */
    public static String noVersion(AppName app, String version) {
        return "app %s has no version %s".formatted(app, version);
    }

    /**
     * Says why. What wadm's clients know in its own words is said in those.
     *
     * @throws IllegalStateException when {@code result} is a success, or of an app or version that
     *     is not stored: those need their names
     */
    public static String sentence(ChangeResult result) {
        return switch (result) {
            case ChangeResult.PreconditionFailed() ->
                    "the app has changed, or is or isn't there: read it again";
            case ChangeResult.Rejected(var version) ->
                    "a rollback put the content of version %s in quarantine; \"retry\": true tries it again"
                            .formatted(version);
            case ChangeResult.NotAllowed(_, _, var detail) -> detail;
            case ChangeResult.Claimed claimed -> claimed(claimed);
            case ChangeResult.SharedMissing(var lacks) ->
                    "Application contains shared components that are not deployed in other applications: "
                            + lacks.stream()
                                    .map(lack -> '"' + lack.component() + '"')
                                    .collect(Collectors.joining(", ", "[", "]"));
            case ChangeResult.HasDependents(var app, var dependents) ->
                    "Application '%s' has components that other deployed applications use: %s"
                            .formatted(
                                    app,
                                    dependents.stream()
                                            .map(d ->
                                                    "'%s' uses %s"
                                                            .formatted(
                                                                    d.app(),
                                                                    String.join(
                                                                            " and ",
                                                                            d.components())))
                                            .collect(Collectors.joining(", ")));
            case ChangeResult.Done _,
                    ChangeResult.Deleted _,
                    ChangeResult.NoApp _,
                    ChangeResult.NoVersion _ ->
                    throw new IllegalStateException("no refusal: " + result);
        };
    }

    private static String claimed(ChangeResult.Claimed claimed) {
        var what = claimed.what();
        return what.startsWith(Claims.ID)
                ? "Component identifier '%s' is already deployed in a different application '%s'."
                        .formatted(what.substring(Claims.ID.length()), claimed.app())
                : "The %s is already deployed in a different application '%s'."
                        .formatted(what, claimed.app());
    }
}
