package dev.trellis.manifest;

import java.util.Optional;

/**
 * A secret by reference; its value is never seen here.
 *
 * @param name what the component asks for
 * @param policy name of a policy of the manifest, of type {@link Policy#SECRET_TYPE}
 * @param key where the backend finds it
 * @param field a part of the secret; empty means the whole
 * @param version empty means the newest
 */
public record SecretRef(
        String name, String policy, String key, Optional<String> field, Optional<String> version) {}
