package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.Running;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What Trellis writes on what it starts, and reads off what runs (lattice-protocol 3.2). */
public final class Annotations {
    static final String MANAGED_BY = "wasmcloud.dev/managed-by";
    static final String APP = "wasmcloud.dev/appspec";
    static final String SCALER = "wasmcloud.dev/scaler";
    static final String SPREAD = "wasmcloud.dev/spread_name";
    static final String MANAGER = "trellis/manager";
    static final String VERSION = "trellis/version";
    static final String ROLLOUT_REVISION = "trellis/rollout-revision";
    static final String TRELLIS = "trellis";
    private static final String WADM = "wadm";

    private static final Pattern VERSION_LABEL = Pattern.compile("([0-9]{1,9})(\\.[0-9]{1,9})?");

    private Annotations() {}

    static SortedMap<String, String> of(
            String manager, WantedApp app, Workload workload, String spread) {
        var annotations = new TreeMap<String, String>();
        annotations.put(MANAGED_BY, TRELLIS);
        annotations.put(APP, app.app().value());
        annotations.put(SCALER, app.app() + "/" + workload.name());
        annotations.put(SPREAD, spread);
        annotations.put(MANAGER, manager);
        annotations.put(VERSION, app.label());
        return annotations;
    }

    /** The revision that a rollout started it as; absent where no rollout did. */
    static Optional<String> rolloutRevision(Running running) {
        return Optional.ofNullable(running.annotations().get(ROLLOUT_REVISION));
    }

    /** The version label an entry was started with; absent after a person's scale wiped it. */
    public static Optional<String> version(Running running) {
        return Optional.ofNullable(running.annotations().get(VERSION));
    }

    /** The number in that label, without restarts; absent where a person wrote something else. */
    public static OptionalInt versionNumber(Running running) {
        return versionNumber(running.annotations().getOrDefault(VERSION, ""));
    }

    static OptionalInt versionNumber(String text) {
        var label = VERSION_LABEL.matcher(text);
        return label.matches()
                ? OptionalInt.of(Integer.parseInt(label.group(1)))
                : OptionalInt.empty();
    }

    /**
     * Whether an entry under an id that {@code app} owns is ours to stop: it says our manager, or
     * nothing at all (a person's scale wipes annotations), or wadm where {@code adopted}, and names
     * no other app.
     */
    public static boolean isOurs(String manager, AppName app, boolean adopted, Running running) {
        var annotations = running.annotations();
        var named = annotations.get(APP);
        if (named != null && !named.equals(app.value())) {
            return false;
        }
        return annotations.get(MANAGED_BY) == null
                || saysOurs(manager, running)
                || (adopted && saysWadm(running));
    }

    /** Whether it was started for this very app, and says so. */
    static boolean names(AppName app, Running running) {
        return app.value().equals(running.annotations().get(APP));
    }

    /** Whether an entry names a wadm as its manager. */
    public static boolean saysWadm(Running running) {
        return WADM.equals(running.annotations().get(MANAGED_BY));
    }

    /** Whether an entry names this installation as its manager. */
    public static boolean saysOurs(String manager, Running running) {
        var annotations = running.annotations();
        return TRELLIS.equals(annotations.get(MANAGED_BY))
                && manager.equals(annotations.get(MANAGER));
    }

    /** The app that an entry says it belongs to. */
    public static Optional<String> app(Running running) {
        return Optional.ofNullable(running.annotations().get(APP));
    }
}
