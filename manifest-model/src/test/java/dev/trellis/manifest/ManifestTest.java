package dev.trellis.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ManifestTest {

    @Test
    void annotationsSayVersionDescriptionAndWhetherItIsShared() {
        var manifest =
                manifest(
                        Map.of(
                                "version", "v1",
                                "description", "text",
                                "experimental.wasmcloud.dev/shared", "true"));

        assertThat(manifest.name()).isEqualTo("app");
        assertThat(manifest.version()).contains("v1");
        assertThat(manifest.description()).contains("text");
        assertThat(manifest.shared()).isTrue();
    }

    @Test
    void withoutAnnotationsThereIsNoVersionAndNothingIsShared() {
        var manifest = manifest(Map.of());

        assertThat(manifest.version()).isEmpty();
        assertThat(manifest.description()).isEmpty();
        assertThat(manifest.shared()).isFalse();
    }

    @Test
    void anotherVersionIsAnotherManifestAndTheRestStays() {
        var manifest = manifest(Map.of("description", "text"));

        assertThat(manifest.withVersion("v2").version()).contains("v2");
        assertThat(manifest.withVersion("v2").description()).contains("text");
        assertThat(manifest.version()).isEmpty();
    }

    @Test
    void nobodyCanChangeWhatAManifestHolds() {
        var annotations = new TreeMap<>(Map.of("version", "v1"));
        var components = new ArrayList<Component>();
        var manifest =
                new Manifest(
                        Manifest.API_VERSION,
                        Manifest.KIND,
                        new Metadata("app", annotations, new TreeMap<>()),
                        components,
                        List.of());
        annotations.put("version", "v2");

        assertThat(manifest.version()).contains("v1");
        assertThatThrownBy(() -> manifest.metadata().annotations().put("a", "b"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> manifest.components().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    private static Manifest manifest(Map<String, String> annotations) {
        return new Manifest(
                Manifest.API_VERSION,
                Manifest.KIND,
                new Metadata("app", new TreeMap<>(annotations), new TreeMap<>()),
                List.of(),
                List.of());
    }
}
