package dev.trellis.api.store;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.Optional;

/** The keys of the bucket. Lattices and apps hold no dot, so a key reads only one way. */
final class Keys {
    static final String MANAGER = "manager";

    /** What a watched key is about. */
    sealed interface Parsed {
        record App(LatticeName lattice, AppName app) implements Parsed {}

        record OwnedBy(LatticeName lattice, AppName app) implements Parsed {}

        record Host(LatticeName lattice, HostId host) implements Parsed {}

        record Limits(LatticeName lattice) implements Parsed {}

        record RolloutOf(LatticeName lattice, AppName app) implements Parsed {}

        record ApprovalOf(LatticeName lattice, AppName app, String rollout, int stage)
                implements Parsed {}
    }

    private Keys() {}

    static String app(LatticeName lattice, AppName app) {
        return "app." + lattice + "." + app;
    }

    static String rev(LatticeName lattice, AppName app, int n) {
        return "rev." + lattice + "." + app + "." + n;
    }

    static String owned(LatticeName lattice, AppName app) {
        return "owned." + lattice + "." + app;
    }

    static String rollout(LatticeName lattice, AppName app) {
        return "rollout." + lattice + "." + app;
    }

    static String approval(LatticeName lattice, AppName app, String rollout, int stage) {
        return "approval." + lattice + "." + app + "." + rollout + "." + stage;
    }

    static String host(LatticeName lattice, HostId host) {
        return "host." + lattice + "." + host;
    }

    static String limits(LatticeName lattice) {
        return "limits." + lattice;
    }

    /** Empty for a key that is none of these. */
    static Optional<Parsed> parse(String key) {
        var parts = key.split("\\.", -1);
        if (parts.length == 2 && parts[0].equals("limits")) {
            return Optional.of(new Parsed.Limits(new LatticeName(parts[1])));
        }
        if (parts.length == 5 && parts[0].equals("approval") && parts[4].matches("[0-9]{1,3}")) {
            return Optional.of(
                    new Parsed.ApprovalOf(
                            new LatticeName(parts[1]),
                            new AppName(parts[2]),
                            parts[3],
                            Integer.parseInt(parts[4])));
        }
        if (parts.length != 3) {
            return Optional.empty();
        }
        var lattice = new LatticeName(parts[1]);
        var name = parts[2];
        return switch (parts[0]) {
            case "app" -> Optional.of(new Parsed.App(lattice, new AppName(name)));
            case "owned" -> Optional.of(new Parsed.OwnedBy(lattice, new AppName(name)));
            case "rollout" -> Optional.of(new Parsed.RolloutOf(lattice, new AppName(name)));
            case "host" -> Optional.of(new Parsed.Host(lattice, new HostId(name)));
            default -> Optional.empty();
        };
    }
}
