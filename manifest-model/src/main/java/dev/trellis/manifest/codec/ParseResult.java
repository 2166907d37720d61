package dev.trellis.manifest.codec;

import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.ManifestProblem;
import java.util.List;

/** What came of reading a document. */
public sealed interface ParseResult {

    /**
     * The manifest holds in every rule.
     *
     * @param warnings in the order of the document, often empty
     */
    record Accepted(Manifest manifest, List<ManifestProblem> warnings) implements ParseResult {
        public Accepted {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * The document is no manifest that can be deployed.
     *
     * @param problems all of them in the order of the document, warnings too; at least one error
     */
    record Refused(List<ManifestProblem> problems) implements ParseResult {
        public Refused {
            if (problems.stream().noneMatch(ManifestProblem::isError)) {
                throw new IllegalArgumentException("a refusal names at least one error");
            }
            problems = List.copyOf(problems);
        }
    }
}
