package dev.trellis.manifest.codec;

import dev.trellis.manifest.Limits;
import dev.trellis.manifest.Manifest;
import dev.trellis.manifest.ManifestProblem;
import dev.trellis.manifest.Severity;
import dev.trellis.manifest.check.Checks;
import dev.trellis.manifest.check.Findings;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Rule;
import java.util.List;

/**
 * Reads documents as manifests. Answers with every problem there is, not only the first, and never
 * throws: what cannot be read at all is a refusal with one problem. Stateless; safe to share.
 */
public final class ManifestReader {

    private ManifestReader() {}

    /**
     * Reads and checks {@code document}.
     *
     * @param document UTF-8, with or without a byte order mark; not changed
     */
    public static ParseResult read(byte[] document, Format format) {
        if (document.length > Limits.DOCUMENT_BYTES) {
            return refused(
                    new ManifestProblem(
                            "",
                            0,
                            0,
                            Rule.TOO_LARGE.id(),
                            tooLarge("the document has ", document.length),
                            Severity.ERROR));
        }
        try {
            return read(Utf8.text(document), format);
        } catch (Unreadable unreadable) {
            return refused(unreadable.problem());
        }
    }

    private static ParseResult read(String text, Format format) throws Unreadable {
        return switch (format) {
            case YAML -> yaml(text);
            case JSON -> json(text);
            case YAML_OR_JSON -> either(text);
        };
    }

    /** What starts with a brace is JSON, or else YAML in braces. */
    private static ParseResult either(String text) throws Unreadable {
        if (!text.stripLeading().startsWith("{")) {
            return yaml(text);
        }
        try {
            return json(text);
        } catch (Unreadable notJson) {
            try {
                return yaml(text);
            } catch (Unreadable notYaml) {
                throw notJson;
            }
        }
    }

    private static ParseResult yaml(String text) throws Unreadable {
        var grower = new TreeGrower();
        return manifest(text, YamlTree.read(text, grower), grower.findings());
    }

    private static ParseResult json(String text) throws Unreadable {
        var grower = new TreeGrower();
        return manifest(text, JsonTree.read(text, grower), grower.findings());
    }

    private static ParseResult manifest(String text, Node written, Findings found)
            throws Unreadable {
        var root = StringForm.resolve(text, written, found);
        var places = new TreePlaces(root);
        var findings = new Findings(places);
        for (var problem : found.problems()) {
            findings.add(
                    problem.path(),
                    new Place(problem.line(), problem.column()),
                    Rule.byId(problem.rule()),
                    problem.message(),
                    problem.severity());
        }
        var manifest = ManifestInterpreter.interpret(new Reading(places, findings), root);
        Checks.run(manifest, findings);
        if (!findings.hasErrors()) {
            size(manifest, findings);
        }
        return findings.hasErrors()
                ? new ParseResult.Refused(findings.problems())
                : new ParseResult.Accepted(manifest, findings.problems());
    }

    /** Aliases and escapes can make much of a small document. */
    private static void size(Manifest manifest, Findings findings) {
        int bytes = ManifestWriter.canonical(manifest).length;
        if (bytes > Limits.DOCUMENT_BYTES) {
            findings.add(
                    "",
                    Place.NOWHERE,
                    Rule.TOO_LARGE,
                    tooLarge("written out, the manifest has ", bytes),
                    Severity.ERROR);
        }
    }

    private static String tooLarge(String what, int bytes) {
        return what
                + bytes
                + " bytes, expected at most "
                + Limits.DOCUMENT_BYTES
                + "; split the application";
    }

    private static ParseResult refused(ManifestProblem problem) {
        return new ParseResult.Refused(List.of(problem));
    }
}
