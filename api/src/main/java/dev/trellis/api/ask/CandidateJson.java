package dev.trellis.api.ask;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.codec.Format;
import dev.trellis.manifest.codec.ManifestReader;
import dev.trellis.manifest.codec.ManifestWriter;
import dev.trellis.manifest.codec.ParseResult;
import dev.trellis.scheduler.port.LatticeOwner.Candidate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.OptionalInt;

/** A version to plan for, on its way to the owner. It may not be stored, so it goes whole. */
final class CandidateJson {
    private CandidateJson() {}

    static ObjectNode write(Candidate candidate) {
        var json = Json.object();
        candidate.n().ifPresent(n -> json.put("n", n));
        json.put("version", candidate.version()).put("hash", candidate.hash());
        try {
            json.set("manifest", Json.parse(ManifestWriter.json(candidate.manifest())));
        } catch (IOException impossible) {
            throw new UncheckedIOException("our own JSON", impossible);
        }
        return json;
    }

    /** Empty when it is no manifest. */
    static Optional<Candidate> read(JsonNode json) {
        var n = json.path("n");
        return ManifestReader.read(Json.bytes(json.path("manifest")), Format.JSON)
                        instanceof ParseResult.Accepted(var manifest, _)
                ? Optional.of(
                        new Candidate(
                                n.isInt() ? OptionalInt.of(n.intValue()) : OptionalInt.empty(),
                                json.path("version").asText(),
                                json.path("hash").asText(),
                                manifest))
                : Optional.empty();
    }
}
