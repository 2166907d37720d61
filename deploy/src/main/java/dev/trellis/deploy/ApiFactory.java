package dev.trellis.deploy;

import dev.trellis.api.ApiSettings;
import dev.trellis.api.GateSettings;
import dev.trellis.api.history.HistorySettings;
import dev.trellis.api.store.ImportSettings;
import dev.trellis.api.store.StoreSettings;
import dev.trellis.api.wadm.WadmSettings;
import io.micronaut.context.annotation.Factory;
import jakarta.inject.Singleton;

/** The people side joins its own parts; what it needs from here are its settings. */
@Factory
class ApiFactory {
    @Singleton
    StoreSettings storeSettings(SettingsBinder settings) {
        return settings.bind("trellis.store", StoreSettings.class, StoreSettings.DEFAULTS);
    }

    @Singleton
    GateSettings gateSettings(SettingsBinder settings) {
        return settings.bind("trellis.gates", GateSettings.class, GateSettings.DEFAULTS);
    }

    @Singleton
    HistorySettings historySettings(SettingsBinder settings) {
        return settings.bind("trellis.history", HistorySettings.class, HistorySettings.DEFAULTS);
    }

    @Singleton
    ImportSettings importSettings(SettingsBinder settings) {
        return settings.bind("trellis.import", ImportSettings.class, ImportSettings.DEFAULTS);
    }

    @Singleton
    ApiSettings apiSettings(SettingsBinder settings) {
        return settings.bind(
                "trellis.api",
                ApiSettings.class,
                ApiSettings.DEFAULTS.withInstance(settings.instance()));
    }

    @Singleton
    WadmSettings wadmSettings(SettingsBinder settings) {
        return settings.bind("trellis.wadm", WadmSettings.class, WadmSettings.DEFAULTS);
    }
}
