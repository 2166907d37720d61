package dev.trellis.api.http;

import io.micronaut.http.HttpStatus;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.Error;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;
import java.util.Locale;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a problem of every error, ours or the server's. */
@Singleton
final class Errors implements ErrorResponseProcessor<String> {
    private static final Logger log = LoggerFactory.getLogger(Errors.class);

    @Override
    public MutableHttpResponse<String> processResponse(
            ErrorContext context, MutableHttpResponse<?> response) {
        return problem(context, response).into(response);
    }

    private static Problem problem(ErrorContext context, MutableHttpResponse<?> response) {
        var status = response.status();
        if (status.getCode() >= HttpStatus.INTERNAL_SERVER_ERROR.getCode()) {
            context.getRootCause()
                    .ifPresent(cause -> log.atError().setCause(cause).log("request failed"));
            return Problem.of(status, code(status), "the server failed; its log says why");
        }
        var detail =
                context.getErrors().stream()
                        .map(Error::getMessage)
                        .collect(Collectors.joining("; "));
        return Problem.of(status, code(status), detail.isEmpty() ? status.getReason() : detail);
    }

    /** {@code METHOD_NOT_ALLOWED}: {@code MethodNotAllowed}. */
    private static String code(HttpStatus status) {
        var code = new StringBuilder();
        for (var word : status.name().split("_", -1)) {
            code.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return code.toString();
    }
}
