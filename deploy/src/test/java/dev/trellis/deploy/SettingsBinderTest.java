package dev.trellis.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.env.MapPropertySource;
import io.micronaut.context.env.PropertySource;
import io.micronaut.context.env.PropertySourcePropertyResolver;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SettingsBinderTest {
    private record Sample(Duration everySoOften, int size, Optional<String> name, boolean on) {
        static final Sample DEFAULTS =
                new Sample(Duration.ofSeconds(30), 7, Optional.empty(), true);

        Sample {
            if (size < 1) {
                throw new IllegalArgumentException("size must be at least 1: " + size);
            }
        }
    }

    @Test
    void whatIsNotSetKeepsTheDefaultOfTheRecord() {
        assertThat(bind(Map.of())).isEqualTo(Sample.DEFAULTS);
    }

    @Test
    void eachComponentIsSetByItsHyphenatedName() {
        var set =
                Map.<String, Object>of(
                        "trellis.sample.every-so-often", "2m",
                        "trellis.sample.size", "3",
                        "trellis.sample.name", "x",
                        "trellis.sample.on", "false");

        assertThat(bind(set))
                .isEqualTo(new Sample(Duration.ofMinutes(2), 3, Optional.of("x"), false));
    }

    @Test
    void theEnvironmentSetsItToo() {
        var environment =
                new MapPropertySource("env", Map.of("TRELLIS_SAMPLE_EVERY_SO_OFTEN", "5s")) {
                    @Override
                    public PropertyConvention getConvention() {
                        return PropertyConvention.ENVIRONMENT_VARIABLE;
                    }
                };
        var resolver = new PropertySourcePropertyResolver(environment);

        var bound =
                new SettingsBinder(resolver).bind("trellis.sample", Sample.class, Sample.DEFAULTS);

        assertThat(bound.everySoOften()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void aValueThatTheRecordRefusesIsNamed() {
        assertThatThrownBy(() -> bind(Map.of("trellis.sample.size", "0")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessage("trellis.sample: size must be at least 1: 0");
    }

    private record Tenant(Optional<String> account) {
        static final Tenant NONE = new Tenant(Optional.empty());
    }

    @Test
    void allPartsHaveOneAccount() {
        var all = Map.<String, Object>of("trellis.account", "x");
        var own = Map.<String, Object>of("trellis.store.account", "y");

        assertThat(binder(all).bind("trellis.store", Tenant.class, Tenant.NONE).account())
                .contains("x");
        assertThatThrownBy(() -> binder(own).bind("trellis.store", Tenant.class, Tenant.NONE))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("set trellis.account");
    }

    private static SettingsBinder binder(Map<String, Object> set) {
        return new SettingsBinder(new PropertySourcePropertyResolver(PropertySource.of(set)));
    }

    @Test
    void aValueThatIsNoDurationIsNamed() {
        assertThatThrownBy(() -> bind(Map.of("trellis.sample.every-so-often", "soon")))
                .isInstanceOf(InvalidSettingsException.class)
                .hasMessageContaining("trellis.sample.every-so-often");
    }

    private static Sample bind(Map<String, Object> set) {
        return binder(set).bind("trellis.sample", Sample.class, Sample.DEFAULTS);
    }
}
