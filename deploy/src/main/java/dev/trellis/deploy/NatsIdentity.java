package dev.trellis.deploy;

import io.nats.client.AuthHandler;
import io.nats.client.NKey;
import io.nats.client.Nats;
import io.nats.client.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Who we are to NATS and whom we trust, put into jnats's options. */
final class NatsIdentity {
    private NatsIdentity() {}

    /**
     * @throws InvalidSettingsException when a file can't be read or doesn't hold what it should
     */
    static void apply(NatsSettings settings, Options.Builder options) {
        handler(settings).ifPresent(options::authHandler);
        settings.tlsCa().map(NatsIdentity::trusting).ifPresent(options::sslContext);
    }

    private static Optional<AuthHandler> handler(NatsSettings settings) {
        if (settings.creds().isPresent()) {
            String file = settings.creds().get();
            if (!Files.isReadable(Path.of(file))) {
                throw new InvalidSettingsException(
                        "trellis.nats.creds names no readable file: " + file, null);
            }
            return Optional.of(Nats.credentials(file));
        }
        var jwt = settings.jwt().map(value -> literalOrFile("trellis.nats.jwt", value, "ey"));
        return settings.seed()
                .map(value -> literalOrFile("trellis.nats.seed", value, "S"))
                .map(seed -> new SeedHandler(key(seed), jwt));
    }

    private static String literalOrFile(String name, String value, String start) {
        if (value.startsWith(start) && !value.contains("/")) {
            return value.strip();
        }
        try {
            return Files.readString(Path.of(value)).strip();
        } catch (IOException unreadable) {
            throw new InvalidSettingsException(
                    name + " neither starts with " + start + " nor names a readable file",
                    unreadable);
        }
    }

    private static NKey key(String seed) {
        try {
            return NKey.fromSeed(seed.toCharArray());
        } catch (IllegalArgumentException malformed) {
            throw new InvalidSettingsException("trellis.nats.seed is not an nkey seed", malformed);
        }
    }

    private static SSLContext trusting(String file) {
        try (var pem = Files.newInputStream(Path.of(file))) {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int n = 0;
            for (var authority :
                    CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                store.setCertificateEntry("ca-" + n++, authority);
            }
            if (n == 0) {
                throw new InvalidSettingsException(
                        "trellis.nats.tls-ca holds no certificate: " + file, null);
            }
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            var context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (IOException | GeneralSecurityException unusable) {
            throw new InvalidSettingsException(
                    "trellis.nats.tls-ca can't be used: " + file, unusable);
        }
    }

    /**
     * Signs the server's challenge with a key; the JWT is absent where the server knows the key.
     */
    private record SeedHandler(NKey key, Optional<String> jwt) implements AuthHandler {
        @Override
        public byte[] sign(byte[] nonce) {
            try {
                return key.sign(nonce);
            } catch (IOException | GeneralSecurityException unusable) {
                throw new IllegalStateException("the nkey can't sign", unusable);
            }
        }

        @Override
        public char[] getID() {
            try {
                return key.getPublicKey();
            } catch (IOException | GeneralSecurityException unusable) {
                throw new IllegalStateException("the nkey has no public key", unusable);
            }
        }

        @Override
        public char @Nullable [] getJWT() {
            return jwt.map(String::toCharArray).orElse(null);
        }
    }
}
