package dev.trellis.deploy;

import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ServerFilter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Until NATS is there the API says so; afterwards its own answers do. */
@ServerFilter("/api/**")
class NotServingFilter {
    private final Lifecycle lifecycle;

    NotServingFilter(Lifecycle lifecycle) {
        this.lifecycle = lifecycle;
    }

    /**
     * @return 503 in place of the answer; empty: go on
     */
    @RequestFilter
    Optional<MutableHttpResponse<Map<String, Object>>> refuse() {
        if (lifecycle.serving()) {
            return Optional.empty();
        }
        var problem = new LinkedHashMap<String, Object>();
        problem.put("type", "urn:trellis:problem:Unavailable");
        problem.put("code", "Unavailable");
        problem.put("title", "Unavailable");
        problem.put("status", HttpStatus.SERVICE_UNAVAILABLE.getCode());
        problem.put("detail", lifecycle.reason());
        return Optional.of(
                HttpResponse.<Map<String, Object>>status(HttpStatus.SERVICE_UNAVAILABLE)
                        .contentType(MediaType.of("application/problem+json"))
                        .header("Retry-After", "1")
                        .body(problem));
    }
}
