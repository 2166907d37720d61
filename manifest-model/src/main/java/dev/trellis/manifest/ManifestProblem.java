package dev.trellis.manifest;

/**
 * One thing wrong with a document, at the token that is wrong.
 *
 * @param path such as {@code spec.components[0].properties.image}; empty means the document itself
 * @param line from 1; 0 means that the problem has no place, such as a document that is too large
 * @param column from 1; 0 as for the line
 * @param rule a stable name such as {@code UnknownField}
 * @param message what was found, what was expected and what to do
 */
public record ManifestProblem(
        String path, int line, int column, String rule, String message, Severity severity) {

    /** Whether it refuses the manifest. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }
}
