package dev.trellis.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.trellis.fixtures.nats.NatsServer;
import io.nats.client.NKey;
import java.util.Base64;

/** An operator with one account and a system account, as NATS's decentralised JWTs have it. */
final class JwtOperator {
    private static final String LIMITS =
            """
            "limits":{"subs":-1,"data":-1,"payload":-1,"imports":-1,"exports":-1,\
            "wildcards":true,"conn":-1,"leaf":-1,"mem_storage":-1,"disk_storage":-1,\
            "streams":-1,"consumer":-1},\
            """;

    private final NKey operator;
    private final NKey account;
    private final NKey system;

    JwtOperator() throws Exception {
        operator = NKey.createOperator(null);
        account = NKey.createAccount(null);
        system = NKey.createAccount(null);
    }

    /** The JWT of a user of the account. */
    String user(NKey user) throws Exception {
        return jwt(account, user, "\"subs\":-1,\"data\":-1,\"payload\":-1,\"type\":\"user\"");
    }

    /** A server that trusts this operator alone. */
    NatsServer.Options options() throws Exception {
        return NatsServer.Options.DEFAULTS.withConfigLines(
                "operator: " + jwt(operator, operator, "\"type\":\"operator\""),
                "resolver: MEMORY",
                "system_account: " + name(system),
                "resolver_preload: {",
                name(account) + ": " + jwt(operator, account, LIMITS + "\"type\":\"account\""),
                name(system) + ": " + jwt(operator, system, "\"type\":\"account\""),
                "}");
    }

    private static String name(NKey key) throws Exception {
        return new String(key.getPublicKey());
    }

    private static String jwt(NKey issuer, NKey subject, String claims) throws Exception {
        var body =
                """
                {"jti":"1","iat":1700000000,"iss":"%s","sub":"%s","name":"test",\
                "nats":{%s,"version":2}}\
                """
                        .formatted(name(issuer), name(subject), claims);
        var signed =
                base64("{\"typ\":\"JWT\",\"alg\":\"ed25519-nkey\"}".getBytes(UTF_8))
                        + "."
                        + base64(body.getBytes(UTF_8));
        return signed + "." + base64(issuer.sign(signed.getBytes(UTF_8)));
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
