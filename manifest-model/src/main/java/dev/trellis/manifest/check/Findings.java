package dev.trellis.manifest.check;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Gathers the problems of one document. At most {@link Limits#PROBLEMS} errors and as many warnings
 * are kept; the last one says how many more there are.
 */
public final class Findings {

    private final Places places;
    private final List<ManifestProblem> errors = new ArrayList<>();
    private final List<ManifestProblem> warnings = new ArrayList<>();
    private int errorsLeftOut;
    private int warningsLeftOut;

    public Findings(Places places) {
        this.places = places;
    }

    /** Refuses the manifest for what is at {@code path}. */
    public void error(String path, Rule rule, String message) {
        located(path, rule, message, Severity.ERROR);
    }

    /** Tells the author about what is at {@code path}. */
    public void warning(String path, Rule rule, String message) {
        located(path, rule, message, Severity.WARNING);
    }

    private void located(String path, Rule rule, String message, Severity severity) {
        var kept = severity == Severity.ERROR ? errors : warnings;
        // looking for a place takes time, and what is over the limit is only counted
        var at =
                kept.size() < Limits.PROBLEMS
                        ? places.locate(path)
                        : new Places.Located(path, Place.NOWHERE);
        add(at.path(), at.place(), rule, message, severity);
    }

    /** Adds a problem at a place that the caller knows. */
    public void add(String path, Place at, Rule rule, String message, Severity severity) {
        var problem =
                new ManifestProblem(path, at.line(), at.column(), rule.id(), message, severity);
        if (severity == Severity.ERROR) {
            errorsLeftOut += keep(errors, problem);
        } else {
            warningsLeftOut += keep(warnings, problem);
        }
    }

    /** Whether the manifest is refused. */
    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** Everything found, in the order of the document. */
    public List<ManifestProblem> problems() {
        var all = new ArrayList<ManifestProblem>(errors);
        all.addAll(warnings);
        all.sort(
                Comparator.comparingInt(ManifestProblem::line)
                        .thenComparingInt(ManifestProblem::column));
        more(all, errorsLeftOut, Severity.ERROR);
        more(all, warningsLeftOut, Severity.WARNING);
        return List.copyOf(all);
    }

    private static int keep(List<ManifestProblem> kept, ManifestProblem problem) {
        if (kept.size() >= Limits.PROBLEMS) {
            return 1;
        }
        kept.add(problem);
        return 0;
    }

    private static void more(List<ManifestProblem> all, int leftOut, Severity severity) {
        if (leftOut > 0) {
            var message = leftOut + " more of severity " + severity.json() + " are not listed";
            all.add(new ManifestProblem("", 0, 0, Rule.TOO_LARGE.id(), message, severity));
        }
    }
}
