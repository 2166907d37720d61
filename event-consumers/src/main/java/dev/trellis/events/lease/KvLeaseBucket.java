package dev.trellis.events.lease;

import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueOperation;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A KV bucket, made where it is missing: at first, and again when somebody deleted it. */
final class KvLeaseBucket implements LeaseBucket {
    private static final Logger log = LoggerFactory.getLogger(KvLeaseBucket.class);

    private static final int WRONG_LAST_SEQUENCE = 10071;
    private static final int STREAM_NOT_FOUND = 10059;

    private final Connection nats;
    private final LeaseSettings settings;
    private final KeyValueOptions options;
    private volatile boolean there;

    KvLeaseBucket(Connection nats, LeaseSettings settings) {
        this.nats = nats;
        this.settings = settings;
        this.options =
                KeyValueOptions.builder()
                        .jetStreamOptions(
                                JetStreamOptions.builder()
                                        .requestTimeout(settings.requestTimeout())
                                        .build())
                        .build();
    }

    private interface Work<T> {
        T on(KeyValue bucket) throws IOException, JetStreamApiException;
    }

    @Override
    public Optional<Entry> get(String key) throws UnavailableException {
        return ask(bucket -> {
            var entry = bucket.get(key);
            if (entry == null || entry.getOperation() != KeyValueOperation.PUT) {
                return Optional.empty();
            }
            var value = entry.getValue();
            var claim = Claim.read(value == null ? new byte[0] : value);
            return Optional.of(new Entry(claim, entry.getRevision()));
        });
    }

    @Override
    public Written write(String key, Claim claim, long expected) throws UnavailableException {
        return ask(bucket -> {
            try {
                return new Written.At(
                        expected == 0
                                ? bucket.create(key, claim.bytes())
                                : bucket.update(key, claim.bytes(), expected));
            } catch (JetStreamApiException refused) {
                return conflict(refused);
            }
        });
    }

    @Override
    public void delete(String key, long expected) throws UnavailableException {
        var _ =
                ask(bucket -> {
                    try {
                        bucket.delete(key, expected);
                        return new Written.At(expected);
                    } catch (JetStreamApiException refused) {
                        return conflict(refused);
                    }
                });
    }

    private static Written conflict(JetStreamApiException refused) throws JetStreamApiException {
        if (refused.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
            return new Written.Conflict();
        }
        throw refused;
    }

    private <T> T ask(Work<T> work) throws UnavailableException {
        // While away the client would keep the write and send it too late.
        if (nats.getStatus() != Connection.Status.CONNECTED) {
            throw new UnavailableException("not connected");
        }
        try {
            if (!there) {
                ensure();
                there = true;
            }
            return work.on(nats.keyValue(settings.bucketName(), options));
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            there = false;
            throw new UnavailableException("bucket=" + settings.bucketName(), failed);
        }
    }

    private void ensure() throws IOException, JetStreamApiException {
        var management = nats.keyValueManagement(options);
        try {
            var _ = management.getStatus(settings.bucketName());
        } catch (JetStreamApiException missing) {
            if (missing.getApiErrorCode() != STREAM_NOT_FOUND) {
                throw missing;
            }
            var made =
                    management.create(
                            KeyValueConfiguration.builder()
                                    .name(settings.bucketName())
                                    .storageType(settings.storage())
                                    .replicas(settings.replicas())
                                    .build());
            log.atInfo()
                    .addKeyValue("bucket", made.getBucketName())
                    .addKeyValue("replicas", made.getReplicas())
                    .log("lease bucket made");
        }
    }
}
