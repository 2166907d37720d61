package dev.trellis.events.command;

import java.time.Duration;

/**
 * How hosts are asked.
 *
 * @param prefix of control subjects, as the hosts' own setting; may contain dots
 * @param account put before every subject; empty: none
 * @param inFlight commands sent and not yet answered, at most; those older than {@code slowAfter}
 *     do not count
 * @param slowAfter when a command no longer keeps others waiting
 * @param timeout how long a command's answer is awaited
 * @param queryTimeout how long a query's answer is awaited
 * @param pingWindow how long pongs are taken
 */
public record CommandSettings(
        String prefix,
        String account,
        int inFlight,
        Duration slowAfter,
        Duration timeout,
        Duration queryTimeout,
        Duration pingWindow) {
    public static final CommandSettings DEFAULTS =
            new CommandSettings(
                    "wasmbus.ctl",
                    "",
                    1024,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(10));

    public CommandSettings {
        if (prefix.isEmpty() || prefix.startsWith(".") || prefix.endsWith(".")) {
            throw new IllegalArgumentException("prefix must be tokens joined by dots: " + prefix);
        }
        if (account.contains(".")) {
            throw new IllegalArgumentException("account must be one token: " + account);
        }
        if (inFlight < 1 || inFlight > 100_000) {
            throw new IllegalArgumentException("in-flight must be 1 to 100000: " + inFlight);
        }
        checkRange("slow-after", slowAfter);
        checkRange("timeout", timeout);
        checkRange("query-timeout", queryTimeout);
        checkRange("ping-window", pingWindow);
    }

    private static void checkRange(String name, Duration value) {
        if (value.toMillis() < 10 || value.toMinutes() >= 10) {
            throw new IllegalArgumentException(name + " must be 10 ms to 10 min: " + value);
        }
    }
}
