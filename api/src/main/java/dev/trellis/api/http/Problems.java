package dev.trellis.api.http;

import io.micronaut.http.HttpRequest;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.ExceptionHandler;
import jakarta.inject.Singleton;

/** Answers with the problem that ended the request. */
@Singleton
final class Problems implements ExceptionHandler<ProblemException, MutableHttpResponse<String>> {
    @Override
    @SuppressWarnings("rawtypes") // the interface's own signature
    public MutableHttpResponse<String> handle(HttpRequest request, ProblemException thrown) {
        return thrown.problem().response();
    }
}
