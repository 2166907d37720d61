package dev.trellis.api.store;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.LatticeName;
import dev.trellis.scheduler.port.WantedStore.WriteOutcome;
import dev.trellis.scheduler.wanted.AppRecord;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The stored versions, {@code rev.<lattice>.<app>.<n>}: created, read through a cache, deleted. */
public final class Revisions {
    // bytes of text; a parsed manifest takes a few times that
    private static final long CACHED = 32L * 1024 * 1024;

    private record Id(LatticeName lattice, AppName app, int n) {}

    private final KvBucket bucket;
    private final ManifestCodec codec;
    private final Cache<Id, Revision> cache =
            Caffeine.newBuilder()
                    .maximumWeight(CACHED)
                    .<Id, Revision>weigher((_, rev) -> 512 + rev.document().text().length())
                    .build();

    public Revisions(KvBucket bucket, ManifestCodec codec) {
        this.bucket = bucket;
        this.codec = codec;
    }

    Optional<Revision> read(LatticeName lattice, AppName app, int n) {
        var id = new Id(lattice, app, n);
        var cached = cache.getIfPresent(id);
        if (cached != null) {
            return Optional.of(cached);
        }
        var stored = bucket.get(Keys.rev(lattice, app, n)).map(entry -> decode(entry.value()));
        stored.ifPresent(revision -> cache.put(id, revision));
        return stored;
    }

    /**
     * Drops what is cached under a number that the record gives to other content: after an app was
     * deleted, a new one of its name counts from 1 again.
     */
    void agreeWith(AppRecord app) {
        for (var version : app.versions()) {
            var id = new Id(app.lattice(), app.name(), version.n());
            var cached = cache.getIfPresent(id);
            if (cached != null
                    && !(cached.hash().equals(version.hash())
                            && cached.version().equals(version.version()))) {
                cache.invalidate(id);
            }
        }
    }

    byte[] encode(Revision revision) {
        var json =
                StoreJson.MAPPER
                        .createObjectNode()
                        .put("document", revision.document().text())
                        .put("contentType", revision.document().mediaType())
                        .put("canonical", codec.canonical(revision.manifest()))
                        .put("hash", revision.hash())
                        .put("version", revision.version());
        return zipped(StoreJson.bytes(json));
    }

    WriteOutcome create(LatticeName lattice, AppName app, int n, byte[] encoded) {
        return bucket.create(Keys.rev(lattice, app, n), encoded);
    }

    void delete(LatticeName lattice, AppName app, int n) {
        cache.invalidate(new Id(lattice, app, n));
        bucket.delete(Keys.rev(lattice, app, n));
    }

    private Revision decode(byte[] value) {
        var json = StoreJson.parse(unzipped(value));
        return new Revision(
                new Document(json.path("document").asText(), json.path("contentType").asText()),
                codec.read(json.path("canonical").asText()),
                json.path("hash").asText(),
                json.path("version").asText());
    }

    private static byte[] zipped(byte[] plain) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(plain);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toByteArray();
    }

    private static byte[] unzipped(byte[] packed) {
        try (var zip = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            return zip.readAllBytes();
        } catch (IOException foreign) {
            throw new UncheckedIOException("not a revision of ours", foreign);
        }
    }
}
