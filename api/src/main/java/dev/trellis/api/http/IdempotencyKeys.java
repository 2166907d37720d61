package dev.trellis.api.http;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micronaut.aop.InterceptorBean;
import io.micronaut.aop.MethodInterceptor;
import io.micronaut.aop.MethodInvocationContext;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the answers of calls that came with an {@code Idempotency-Key}. A second call with the key
 * of one that still runs waits for its answer. What failed on our side is not kept: another try is
 * what the client wants then.
 */
@Singleton
@InterceptorBean(Idempotent.class)
final class IdempotencyKeys implements MethodInterceptor<Object, Object> {
    static final String HEADER = "Idempotency-Key";
    static final String REPLAYED = "Idempotency-Replayed";
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");
    private static final Duration KEPT = Duration.ofHours(1);
    private static final long CHARACTERS = 32L * 1024 * 1024;
    private static final int SERVER_ERROR = 500;

    /** A call; the same key on another call, or by another person, is another one. */
    private record Call(String by, HttpMethod method, String target, String key) {}

    /** An answer, or that there will be none to keep. */
    private record Kept(@Nullable String body, CompletableFuture<Optional<Answer>> answer) {}

    private record Answer(int status, @Nullable String body, HttpResponse<?> headers) {}

    private final Cache<Call, Kept> calls =
            Caffeine.newBuilder()
                    .expireAfterWrite(KEPT)
                    .maximumWeight(CHARACTERS)
                    .weigher((Call call, Kept kept) -> weight(call, kept))
                    .build();

    @Override
    public @Nullable Object intercept(MethodInvocationContext<Object, Object> context) {
        var request =
                Arrays.stream(context.getParameterValues())
                        .filter(HttpRequest.class::isInstance)
                        .map(value -> (HttpRequest<?>) value)
                        .findFirst();
        var key = request.map(r -> r.getHeaders().get(HEADER));
        if (key.isEmpty() || request.get().getMethod() == HttpMethod.GET) {
            return context.proceed();
        }
        if (!KEY.matcher(key.get()).matches()) {
            throw Problem.of(
                            HttpStatus.BAD_REQUEST,
                            "InvalidIdempotencyKey",
                            "expected 1 to 255 visible characters")
                    .toException();
        }
        return once(call(request.get(), key.get()), body(context), context);
    }

    private static Call call(HttpRequest<?> request, String key) {
        return new Call(By.of(request), request.getMethod(), request.getUri().toString(), key);
    }

    private static @Nullable String body(MethodInvocationContext<Object, Object> context) {
        return (String) context.getParameterValueMap().get("body");
    }

    private @Nullable Object once(
            Call call, @Nullable String body, MethodInvocationContext<Object, Object> context) {
        while (true) {
            var mine = new Kept(body, new CompletableFuture<>());
            var first = calls.asMap().putIfAbsent(call, mine);
            if (first == null) {
                return first(call, mine, context);
            }
            if (!Objects.equals(first.body(), body)) {
                throw Problem.of(
                                HttpStatus.UNPROCESSABLE_ENTITY,
                                "IdempotencyKeyReused",
                                "this key came with another body before")
                        .toException();
            }
            var answer = await(first);
            if (answer.isPresent()) {
                return again(answer.get());
            }
        }
    }

    private @Nullable Object first(
            Call call, Kept mine, MethodInvocationContext<Object, Object> context) {
        Optional<Answer> answer = Optional.empty();
        try {
            var result = context.proceed();
            answer = answer(result);
            return result;
        } catch (ProblemException refused) {
            answer = answer(refused.problem().response());
            throw refused;
        } finally {
            if (answer.isPresent()) {
                calls.put(call, new Kept(mine.body(), CompletableFuture.completedFuture(answer)));
            } else {
                calls.invalidate(call);
            }
            mine.answer().complete(answer);
        }
    }

    private static Optional<Answer> answer(@Nullable Object result) {
        return result instanceof HttpResponse<?> response && response.code() < SERVER_ERROR
                ? Optional.of(
                        new Answer(
                                response.code(),
                                response.getBody(String.class).orElse(null),
                                response))
                : Optional.empty();
    }

    private static Optional<Answer> await(Kept first) {
        try {
            return first.answer().get();
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", stop);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static HttpResponse<String> again(Answer answer) {
        var response = HttpResponse.<String>status(HttpStatus.valueOf(answer.status()));
        answer.headers()
                .getHeaders()
                .forEach((name, values) -> {
                    if (!name.equalsIgnoreCase(RequestIds.HEADER)) {
                        values.forEach(value -> response.header(name, value));
                    }
                });
        response.header(REPLAYED, "true");
        return answer.body() == null ? response : response.body(answer.body());
    }

    private static int weight(Call call, Kept kept) {
        int answer =
                kept.answer().isDone()
                        ? kept.answer()
                                .getNow(Optional.empty())
                                .map(Answer::body)
                                .map(String::length)
                                .orElse(0)
                        : 0;
        int sent = kept.body() == null ? 0 : kept.body().length();
        return 200 + call.target().length() + call.key().length() + answer + sent;
    }
}
