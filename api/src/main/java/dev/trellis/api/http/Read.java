package dev.trellis.api.http;

import dev.trellis.api.body.Body;
import dev.trellis.api.body.MalformedBodyException;
import dev.trellis.api.store.Precondition;
import dev.trellis.api.view.Page;
import dev.trellis.manifest.Limits;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a request; what is wrong with one ends the request with a problem. */
final class Read {
    private static final Pattern LATTICE = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern APP = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_-]{1,128}");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(ms|s|m|h)");
    private static final int VERSION = 128;
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);

    private Read() {}

    static LatticeName lattice(String text) {
        if (!LATTICE.matcher(text).matches()) {
            throw invalidName("lattice", LATTICE);
        }
        return new LatticeName(text);
    }

    static HostId host(String text) {
        if (!HOST.matcher(text).matches()) {
            throw invalidName("host", HOST);
        }
        return new HostId(text);
    }

    static AppName app(String text) {
        if (!APP.matcher(text).matches()) {
            throw invalidName("app", APP);
        }
        return new AppName(text);
    }

    /** Empty where none was given. */
    static Optional<String> version(@Nullable String text) {
        if (text != null && (text.isEmpty() || text.length() > VERSION)) {
            throw Problem.badParameter("version", text, "1 to 128 characters").toException();
        }
        return Optional.ofNullable(text);
    }

    static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case null -> false;
            case "false" -> false;
            case "true" -> true;
            default -> throw Problem.badParameter(name, text, "true or false").toException();
        };
    }

    /** Empty where none was given. */
    static Optional<Duration> wait(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        var match = DURATION.matcher(text);
        if (match.matches()) {
            long n = Long.parseLong(match.group(1));
            var wait =
                    switch (match.group(2)) {
                        case "ms" -> Duration.ofMillis(n);
                        case "s" -> Duration.ofSeconds(n);
                        case "m" -> Duration.ofMinutes(n);
                        default -> Duration.ofHours(n);
                    };
            if (wait.compareTo(LONGEST_WAIT) <= 0) {
                return Optional.of(wait);
            }
        }
        throw Problem.badParameter("wait", text, "a duration up to 10m, as 60s").toException();
    }

    static Page page(@Nullable String limit, @Nullable String cursor) {
        return new Page(limit(limit), Optional.ofNullable(cursor).map(Read::cursor));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return Page.DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= Page.MOST) {
                return limit;
            }
        } catch (NumberFormatException notOne) {
            throw Problem.badParameter("limit", text, "1 to 1000").toException();
        }
        throw Problem.badParameter("limit", text, "1 to 1000").toException();
    }

    private static String cursor(String text) {
        return Page.key(text)
                .orElseThrow(() ->
                        Problem.badParameter("cursor", text, "the next of a page before")
                                .toException());
    }

    static Optional<byte[]> bytes(@Nullable String body) {
        return Optional.ofNullable(body).map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Reads a JSON object with what the call knows of; an empty body stands for an empty one. All
     * that is wrong with it ends the request at once.
     */
    static <T> T body(HttpRequest<?> request, @Nullable String sent, Function<Body, T> reading) {
        var bytes = bytes(sent).orElseGet(() -> new byte[0]);
        if (bytes.length > 0) {
            request.getContentType()
                    .filter(type -> !type.matches(MediaType.APPLICATION_JSON_TYPE))
                    .ifPresent(type -> {
                        throw Problem.of(
                                        HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                                        "UnsupportedMediaType",
                                        "expected application/json, found " + type)
                                .toException();
                    });
        }
        if (bytes.length > Limits.DOCUMENT_BYTES) {
            throw Problem.of(
                            HttpStatus.REQUEST_ENTITY_TOO_LARGE,
                            "TooLarge",
                            "a body has at most %d bytes, this one has %d"
                                    .formatted(Limits.DOCUMENT_BYTES, bytes.length))
                    .toException();
        }
        try {
            var body = Body.of(bytes);
            var read = reading.apply(body);
            var problems = body.problems();
            if (!problems.isEmpty()) {
                throw Problem.body(problems).toException();
            }
            return read;
        } catch (MalformedBodyException malformed) {
            throw Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "MalformedBody",
                            String.valueOf(malformed.getMessage()))
                    .toException();
        }
    }

    /** A body with nothing but the reason for what is asked. */
    static String reason(HttpRequest<?> request, @Nullable String sent) {
        return body(request, sent, body -> body.text("reason").orElse(""));
    }

    /** {@code If-Match}, and on a put {@code If-None-Match: *}. */
    static Precondition precondition(HttpRequest<?> request) {
        var ifMatch = Optional.ofNullable(request.getHeaders().get(HttpHeaders.IF_MATCH));
        boolean any = ifMatch.filter("*"::equals).isPresent();
        return new Precondition(
                ifMatch.filter(_ -> !any).map(Read::revisions),
                any,
                "*".equals(request.getHeaders().get(HttpHeaders.IF_NONE_MATCH)));
    }

    static String etag(long revision) {
        return "\"" + revision + "\"";
    }

    /** What is none of our tags matches nothing: the precondition then fails. */
    private static Set<Long> revisions(String header) {
        var revisions = new HashSet<Long>();
        for (var tag : header.split(",", -1)) {
            var match = Pattern.compile("\"(\\d{1,18})\"").matcher(tag.strip());
            if (match.matches()) {
                revisions.add(Long.valueOf(match.group(1)));
            }
        }
        return revisions;
    }

    private static ProblemException invalidName(String what, Pattern shape) {
        return Problem.of(
                        HttpStatus.BAD_REQUEST,
                        "InvalidName",
                        "%s: expected a name like %s".formatted(what, shape))
                .toException();
    }
}
