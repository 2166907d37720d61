package dev.trellis.api.http;

import io.swagger.v3.oas.annotations.OpenAPIDefinition;
import io.swagger.v3.oas.annotations.info.Info;

/** What the API's document says of the API as a whole. */
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Trellis",
                        version = "1",
                        description =
                                "Deploys wasmCloud applications as their manifests say, over"
                                        + " lattices of hosts."))
final class ApiDocument {
    private ApiDocument() {}
}
