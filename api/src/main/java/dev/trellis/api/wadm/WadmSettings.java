package dev.trellis.api.wadm;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How the API of wadm is served and its streams are kept.
 *
 * @param account the tenant: put before every subject, and into the names of the streams; empty:
 *     none
 * @param prefix of the API's subjects, as clients have it
 * @param takeover act at once, also where a wadm answers
 * @param replicas of the streams, 1 to 5; used only when one is created
 * @param inFlight requests worked on at once
 * @param waiting requests that may wait; more are refused at once
 * @param askTimeout how long a wadm's answer is awaited, eight times at the start
 * @param lookEvery how often it is looked whether the subscription lives and who else answers
 * @param giveUpAfter how long the subscription may be dead before the process ends
 */
public record WadmSettings(
        Optional<String> account,
        String prefix,
        boolean takeover,
        int replicas,
        int inFlight,
        int waiting,
        Duration askTimeout,
        Duration lookEvery,
        Duration giveUpAfter) {
    private static final Pattern ACCOUNT = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern PREFIX =
            Pattern.compile("[A-Za-z0-9_-]{1,64}(\\.[A-Za-z0-9_-]{1,64}){0,8}");

    public static final WadmSettings DEFAULTS =
            new WadmSettings(
                    Optional.empty(),
                    "wadm.api",
                    false,
                    1,
                    64,
                    4096,
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30));

    public WadmSettings {
        // a wildcard or a dollar sign here could reach into $JS.API
        if (account.isPresent() && !ACCOUNT.matcher(account.get()).matches()) {
            throw new IllegalArgumentException("account must match " + ACCOUNT);
        }
        if (!PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException("prefix must match " + PREFIX + ": " + prefix);
        }
        if (replicas < 1 || replicas > 5) {
            throw new IllegalArgumentException("replicas must be 1 to 5: " + replicas);
        }
        if (inFlight < 1 || waiting < inFlight) {
            throw new IllegalArgumentException(
                    "in-flight must be at least 1, and waiting at least in-flight: %d, %d"
                            .formatted(inFlight, waiting));
        }
        atLeast("ask-timeout", askTimeout, Duration.ofMillis(50));
        atLeast("look-every", lookEvery, Duration.ofMillis(50));
        atLeast("give-up-after", giveUpAfter, lookEvery);
    }

    private static void atLeast(String name, Duration value, Duration least) {
        if (value.compareTo(least) < 0) {
            throw new IllegalArgumentException(name + " must be at least " + least + ": " + value);
        }
    }

    /** The subject under the account's prefix, where there is one. */
    String subject(String plain) {
        return account.map(a -> a + "." + plain).orElse(plain);
    }

    /** The stream's name with the account in it, where there is one. */
    String stream(String plain) {
        return account.map(a -> plain + "_" + a).orElse(plain);
    }

    /** The same for another tenant. */
    public WadmSettings withAccount(String tenant) {
        return new WadmSettings(
                Optional.of(tenant),
                prefix,
                takeover,
                replicas,
                inFlight,
                waiting,
                askTimeout,
                lookEvery,
                giveUpAfter);
    }
}
