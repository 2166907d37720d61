package dev.trellis.api.http;

import io.micronaut.http.HttpRequest;
import java.security.Principal;

/** Who did it, as far as the server knows. */
final class By {
    private static final String NOBODY_KNOWN = "anonymous";

    private By() {}

    static String of(HttpRequest<?> request) {
        return request.getUserPrincipal().map(Principal::getName).orElse(NOBODY_KNOWN);
    }
}
