package dev.trellis.api.http;

import dev.trellis.manifest.schema.ManifestSchema;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.MediaType;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.http.annotation.Produces;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.nio.charset.StandardCharsets;

/** The JSON Schema of a manifest. */
@Controller("/api/v1/schema/manifest.json")
@Tag(name = "Apps and versions")
public class SchemaController {
    private static final String SCHEMA = "application/schema+json";

    @Get
    @Produces({SCHEMA, MediaType.APPLICATION_JSON})
    @Operation(
            summary = "Gives the JSON Schema of a manifest",
            description = "For editors and pipelines; placement and rollout included.")
    HttpResponse<String> schema() {
        return HttpResponse.ok(new String(ManifestSchema.json(), StandardCharsets.UTF_8))
                .contentType(SCHEMA);
    }
}
