package dev.trellis.api.http;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.trellis.api.view.Json;
import dev.trellis.manifest.ManifestProblem;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * An error as RFC 9457 has it.
 *
 * @param extra members beside the standard ones
 * @param retryAfter when another try may help; empty: not by waiting
 */
record Problem(
        HttpStatus status,
        String code,
        String detail,
        ObjectNode extra,
        Optional<Duration> retryAfter) {
    static final String MEDIA_TYPE = "application/problem+json";

    static Problem of(HttpStatus status, String code, String detail) {
        return new Problem(status, code, detail, Json.object(), Optional.empty());
    }

    static Problem badParameter(String name, String value, String expected) {
        return of(
                HttpStatus.BAD_REQUEST,
                "InvalidParameter",
                "parameter %s: expected %s, found '%s'".formatted(name, expected, value));
    }

    static Problem notFound(String code, String detail) {
        return of(HttpStatus.NOT_FOUND, code, detail);
    }

    static Problem conflict(String code, String detail) {
        return of(HttpStatus.CONFLICT, code, detail);
    }

    static Problem preconditionFailed() {
        return of(
                HttpStatus.PRECONDITION_FAILED,
                "PreconditionFailed",
                "it has changed, or is or isn't there: read it again");
    }

    static Problem ownerUnreachable(String lattice, Duration retryAfter) {
        return of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "OwnerUnreachable",
                        "the owner of lattice " + lattice + " does not answer")
                .retryAfter(retryAfter);
    }

    static Problem storeUnavailable(Duration retryAfter) {
        return of(
                        HttpStatus.SERVICE_UNAVAILABLE,
                        "StoreUnavailable",
                        "the store does not answer; it is not known whether a change was made")
                .retryAfter(retryAfter);
    }

    static Problem manifest(List<ManifestProblem> problems) {
        long errors = problems.stream().filter(ManifestProblem::isError).count();
        var problem =
                of(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "InvalidManifest",
                        errors == 1 ? "1 problem" : errors + " problems");
        ManifestView.problems(problem.extra().putArray("problems"), problems);
        return problem;
    }

    /** What is wrong with a body that is no manifest. */
    static Problem body(List<ManifestProblem> problems) {
        var problem =
                of(
                        HttpStatus.UNPROCESSABLE_ENTITY,
                        "InvalidBody",
                        problems.size() == 1 ? "1 problem" : problems.size() + " problems");
        ManifestView.problems(problem.extra().putArray("problems"), problems);
        return problem;
    }

    Problem retryAfter(Duration wait) {
        return new Problem(status, code, detail, extra, Optional.of(wait));
    }

    ProblemException toException() {
        return new ProblemException(this);
    }

    MutableHttpResponse<String> response() {
        var response = HttpResponse.<String>status(status);
        return into(response);
    }

    MutableHttpResponse<String> into(MutableHttpResponse<?> response) {
        var headers = new TreeMap<String, String>();
        retryAfter.ifPresent(
                wait -> headers.put(HttpHeaders.RETRY_AFTER, Long.toString(wait.toSeconds())));
        var location = extra.path("location").textValue();
        if (location != null) {
            headers.put(HttpHeaders.LOCATION, location);
        }
        headers.forEach((name, value) -> response.header(name, value));
        return response.body(Json.text(json())).contentType(MEDIA_TYPE);
    }

    private ObjectNode json() {
        var json =
                Json.object()
                        .put("type", "urn:trellis:problem:" + code)
                        .put("code", code)
                        .put("title", title())
                        .put("status", status.getCode())
                        .put("detail", detail);
        extra.properties()
                .forEach(member -> {
                    if (!member.getKey().equals("location")) {
                        json.set(member.getKey(), member.getValue());
                    }
                });
        return json;
    }

    /** {@code VersionExists}: {@code Version exists}. */
    private String title() {
        var words = code.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
