package dev.trellis.manifest.codec;

import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.Severity;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Rule;

/** The document cannot be made into a tree; nothing after this place is known. */
final class Unreadable extends Exception {

    private final transient ManifestProblem problem;

    Unreadable(String path, Place at, Rule rule, String message) {
        super(message);
        this.problem =
                new ManifestProblem(
                        path, at.line(), at.column(), rule.id(), message, Severity.ERROR);
    }

    ManifestProblem problem() {
        return problem;
    }
}
