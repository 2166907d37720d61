package dev.trellis.api.store;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.trellis.scheduler.port.StoreUnavailableException;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamOptions;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueOperation;
import io.nats.client.api.KeyValueWatcher;
import io.nats.client.api.StorageType;
import io.nats.client.impl.NatsKeyValueWatchSubscription;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The KV bucket, with the client's errors translated: a lost race is a value, everything else is
 * {@link StoreUnavailableException}. A bucket that is missing is created at first use, and again
 * when it vanishes.
 */
public final class KvBucket {
    private static final Logger log = LoggerFactory.getLogger(KvBucket.class);
    private static final int WRONG_LAST_SEQUENCE = 10071;
    private static final int STREAM_NOT_FOUND = 10059;
    private static final int NO_MESSAGE = 10037;
    private static final int NOT_FOUND = 404;
    // headers and subject of a publish count towards the server's limit as well
    private static final int ENVELOPE = 1024;

    private final Connection nats;
    private final StoreSettings settings;
    private volatile @Nullable KeyValue keyValue;

    /** A value and the revision that a compare-and-set needs. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only decoded
    public record Entry(String key, byte[] value, long revision) {}

    /**
     * Tells one life of the bucket, as seen over one life of the connection, from the next: after a
     * change of either, a watch must start again.
     */
    record Epoch(String created, long reconnects) {}

    private interface Call<T> {
        T run(KeyValue kv) throws IOException, JetStreamApiException;
    }

    public KvBucket(Connection nats, StoreSettings settings) {
        this.nats = nats;
        this.settings = settings;
    }

    Optional<Entry> get(String key) {
        try {
            return call("get " + key, kv -> read(kv, key));
        } catch (StoreUnavailableException silent) {
            // a direct get from a bucket that vanished is answered by nobody, as by a slow server
            if (!(silent.getCause() instanceof IOException) || !connected()) {
                throw silent;
            }
            var _ = epoch();
            return call("get " + key, kv -> read(kv, key));
        }
    }

    private static Optional<Entry> read(KeyValue kv, String key)
            throws IOException, JetStreamApiException {
        var entry = kv.get(key);
        return entry == null || entry.getOperation() != KeyValueOperation.PUT
                ? Optional.empty()
                : Optional.of(new Entry(key, valueOf(entry.getValue()), entry.getRevision()));
    }

    private boolean connected() {
        return nats.getStatus() == Connection.Status.CONNECTED;
    }

    /** Writes if the key does not exist, or was deleted. */
    WriteOutcome create(String key, byte[] value) {
        return call("create " + key, kv -> write(() -> kv.create(key, value)));
    }

    /**
     * Writes if the key's revision is still {@code expected}; 0: the key must not exist.
     *
     * @throws StoreUnavailableException also when it is not known whether the write was done
     */
    WriteOutcome update(String key, byte[] value, long expected) {
        return expected == 0
                ? create(key, value)
                : call("update " + key, kv -> write(() -> kv.update(key, value, expected)));
    }

    /** Deletes if the key's revision is still {@code expected}. */
    WriteOutcome delete(String key, long expected) {
        return call(
                "delete " + key,
                kv ->
                        write(() -> {
                            kv.delete(key, expected);
                            return 0;
                        }));
    }

    /** Deletes whatever is there. */
    void delete(String key) {
        var _ =
                call(
                        "delete " + key,
                        kv ->
                                write(() -> {
                                    kv.delete(key);
                                    return 0;
                                }));
    }

    /** Whether a value of so many bytes fits into one message of this server. */
    boolean fits(int bytes) {
        long limit = nats.getMaxPayload();
        return limit <= 0 || bytes + ENVELOPE <= limit;
    }

    /** The revision of the last change to any key that matches; 0 when there never was one. */
    long lastRevision(String filter) {
        return call(
                "last of " + filter,
                _ -> {
                    try {
                        var subject = "$KV." + settings.bucket() + "." + filter;
                        return nats.jetStreamManagement(jetStream())
                                .getLastMessage("KV_" + settings.bucket(), subject)
                                .getSeq();
                    } catch (JetStreamApiException refused) {
                        if (refused.getApiErrorCode() == NO_MESSAGE) {
                            return 0L;
                        }
                        throw refused;
                    }
                });
    }

    Epoch epoch() {
        try {
            return currentEpoch(ensure());
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            throw unavailable("look at bucket", failed);
        }
    }

    /** Starts a watch; the caller closes it and starts it again when the epoch changes. */
    NatsKeyValueWatchSubscription watch(String filter, KeyValueWatcher watcher)
            throws InterruptedException {
        try {
            return keyValue().watch(filter, watcher);
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            throw unavailable("watch " + filter, failed);
        }
    }

    private <T> T call(String what, Call<T> call) {
        if (!connected()) {
            throw unavailable(what, new IOException("not connected: " + nats.getStatus()));
        }
        try {
            try {
                return call.run(keyValue());
            } catch (IOException | JetStreamApiException failed) {
                if (!gone(failed)) {
                    throw failed;
                }
                keyValue = null;
                ensure();
                return call.run(keyValue());
            }
        } catch (IOException | JetStreamApiException | IllegalStateException failed) {
            throw unavailable(what, failed);
        }
    }

    private interface Write {
        long run() throws IOException, JetStreamApiException;
    }

    private static WriteOutcome write(Write write) throws IOException, JetStreamApiException {
        try {
            return new WriteOutcome.Written(write.run());
        } catch (JetStreamApiException refused) {
            if (refused.getApiErrorCode() == WRONG_LAST_SEQUENCE) {
                return new WriteOutcome.Conflict();
            }
            throw refused;
        }
    }

    private static boolean gone(Exception failed) {
        // a publish that no stream captures has no responders; the client says so in words only
        return notFound(failed)
                || notFound(failed.getCause())
                || String.valueOf(failed.getMessage()).contains("503");
    }

    private static boolean notFound(@Nullable Throwable failed) {
        return failed instanceof JetStreamApiException refused
                && refused.getApiErrorCode() == STREAM_NOT_FOUND;
    }

    @CanIgnoreReturnValue // the creation time, for an epoch
    private String ensure() throws IOException, JetStreamApiException {
        var management = nats.keyValueManagement(options());
        try {
            return created(management);
        } catch (JetStreamApiException refused) {
            if (refused.getErrorCode() != NOT_FOUND) {
                throw refused;
            }
        }
        var status =
                management.create(
                        KeyValueConfiguration.builder()
                                .name(settings.bucket())
                                .storageType(StorageType.File)
                                .replicas(settings.replicas())
                                .maxHistoryPerKey(1)
                                .build());
        log.atInfo()
                .addKeyValue("bucket", settings.bucket())
                .addKeyValue("replicas", status.getReplicas())
                .log("bucket created");
        return created(management);
    }

    private String created(KeyValueManagement management)
            throws IOException, JetStreamApiException {
        var info = management.getStatus(settings.bucket()).getBackingStreamInfo();
        return info.getCreateTime().toInstant().toString();
    }

    private Epoch currentEpoch(String created) {
        return new Epoch(created, nats.getStatistics().getReconnects());
    }

    /** Kept, because making one asks the server about the bucket. */
    private KeyValue keyValue() throws IOException {
        var kept = keyValue;
        if (kept == null) {
            kept = nats.keyValue(settings.bucket(), options());
            keyValue = kept;
        }
        return kept;
    }

    private KeyValueOptions options() {
        return KeyValueOptions.builder().jetStreamOptions(jetStream()).build();
    }

    private JetStreamOptions jetStream() {
        return JetStreamOptions.builder().requestTimeout(settings.timeout()).build();
    }

    private StoreUnavailableException unavailable(String what, Exception cause) {
        return new StoreUnavailableException(
                "store unavailable: bucket=" + settings.bucket() + " call=" + what, cause);
    }

    private static byte[] valueOf(byte @Nullable [] value) {
        return value == null ? new byte[0] : value;
    }
}
