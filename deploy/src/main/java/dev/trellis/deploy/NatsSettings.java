package dev.trellis.deploy;

import java.util.Optional;

/**
 * How to reach NATS, and as whom: by a creds file, by a seed (with or without a JWT), by user and
 * password in the URL, or by nothing.
 *
 * @param url one address or several, with commas between
 * @param creds path of a creds file, which holds JWT and seed
 * @param seed an nkey seed ({@code S…}), or the path of a file that holds one
 * @param jwt a user's JWT, or the path of a file that holds one; only with a seed
 * @param tlsCa path of a PEM file with the authorities to trust; connects with TLS
 * @param jsDomain the JetStream domain that holds the streams and buckets
 */
record NatsSettings(
        String url,
        Optional<String> creds,
        Optional<String> seed,
        Optional<String> jwt,
        Optional<String> tlsCa,
        Optional<String> jsDomain) {
    static final NatsSettings DEFAULTS =
            new NatsSettings(
                    "nats://127.0.0.1:4222",
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    NatsSettings {
        if (url.isBlank()) {
            throw new IllegalArgumentException("the url is empty");
        }
        if (creds.isPresent() && (seed.isPresent() || jwt.isPresent())) {
            throw new IllegalArgumentException(
                    "a creds file already holds a JWT and a seed: leave out"
                            + " trellis.nats.seed and trellis.nats.jwt, or the creds file");
        }
        if (jwt.isPresent() && seed.isEmpty()) {
            throw new IllegalArgumentException(
                    "a JWT proves nothing without its seed: set trellis.nats.seed too");
        }
        if (url.contains("@") && (creds.isPresent() || seed.isPresent())) {
            throw new IllegalArgumentException(
                    "the url names a user and there are creds or a seed besides:"
                            + " use one of them");
        }
    }

    /** The addresses without user and password, for people to read. */
    String display() {
        return url.replaceAll("//[^@/,]*@", "//");
    }

    /** Never the secrets. */
    @Override
    public String toString() {
        return "NatsSettings[" + display() + "]";
    }
}
