package dev.trellis.manifest.codec;

import dev.trellis.manifest.Severity;
import dev.trellis.manifest.check.Findings;
import dev.trellis.manifest.check.Place;
import dev.trellis.manifest.check.Rule;

/** What one reading shares: where things are, and what was found. */
record Reading(TreePlaces places, Findings findings) {

    void error(String path, Place at, Rule rule, String message) {
        findings.add(path, at, rule, message, Severity.ERROR);
    }

    void warning(String path, Place at, Rule rule, String message) {
        findings.add(path, at, rule, message, Severity.WARNING);
    }
}
