package dev.trellis.api.http;

import io.micronaut.context.propagation.slf4j.MdcPropagationContext;
import io.micronaut.core.propagation.MutablePropagatedContext;
import io.micronaut.core.type.Argument;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.annotation.QueryValue;
import io.micronaut.http.annotation.RequestFilter;
import io.micronaut.http.annotation.ResponseFilter;
import io.micronaut.http.annotation.ServerFilter;
import io.micronaut.web.router.MethodBasedRouteMatch;
import io.micronaut.web.router.RouteAttributes;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Gives every request an id, and refuses what can't be answered: query parameters that the call
 * does not have, and calls that need NATS while it is away.
 */
@ServerFilter("/**")
final class RequestIds {
    static final String HEADER = "X-Request-Id";
    private static final String LOGGED = "request";
    private static final String ATTRIBUTE = "trellis.request-id";
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9._:/+=-]{1,128}");

    private final NatsAway away;

    RequestIds(NatsAway away) {
        this.away = away;
    }

    @RequestFilter
    Optional<MutableHttpResponse<String>> begin(
            HttpRequest<?> request, MutablePropagatedContext context) {
        var id =
                Optional.ofNullable(request.getHeaders().get(HEADER))
                        .filter(given -> SAFE.matcher(given).matches())
                        .orElseGet(() -> UUID.randomUUID().toString());
        request.setAttribute(ATTRIBUTE, id);
        // goes with the request to the thread that works on it, and into what that logs
        context.add(new MdcPropagationContext(Map.of(LOGGED, id)));
        // a response filter does not see what a request filter answers
        return unknownParameter(request)
                .or(() -> away.check(request))
                .map(problem -> problem.response().header(HEADER, id));
    }

    @ResponseFilter
    void end(HttpRequest<?> request, MutableHttpResponse<?> response) {
        request.getAttribute(ATTRIBUTE, String.class).ifPresent(id -> response.header(HEADER, id));
    }

    private static Optional<Problem> unknownParameter(HttpRequest<?> request) {
        if (!(RouteAttributes.getRouteMatch(request).orElse(null)
                        instanceof MethodBasedRouteMatch<?, ?> route)
                || !request.getPath().startsWith("/api/")) {
            return Optional.empty();
        }
        var known = new TreeSet<String>();
        for (Argument<?> argument : route.getArguments()) {
            if (argument.isAnnotationPresent(QueryValue.class)) {
                known.add(argument.getName());
            }
        }
        return request.getParameters().names().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .map(name ->
                        Problem.of(
                                HttpStatus.BAD_REQUEST,
                                "UnknownParameter",
                                "unknown parameter %s, expected %s"
                                        .formatted(name, known.isEmpty() ? "none" : known)));
    }
}
