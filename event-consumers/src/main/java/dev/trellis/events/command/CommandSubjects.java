package dev.trellis.events.command;

import dev.trellis.scheduler.decide.Command;
import dev.trellis.scheduler.observe.HostId;
import dev.trellis.scheduler.observe.LatticeName;
import java.util.regex.Pattern;

/** Subjects of the control interface (lattice-protocol 1.1). */
public final class CommandSubjects {
    /** What one NATS token may hold, and hosts understand: no dot, wildcard or white space. */
    private static final Pattern TOKEN = Pattern.compile("[^.*>\\s]+");

    private final String before;

    public CommandSubjects(CommandSettings settings) {
        var account = settings.account().isEmpty() ? "" : settings.account() + ".";
        this.before = account + settings.prefix() + ".v1.";
    }

    /**
     * @throws IllegalArgumentException when a name of the command is not one NATS token
     */
    public String of(LatticeName lattice, Command command) {
        return switch (command) {
            case Command.Scale scale -> subject(lattice, "component.scale", scale.host());
            case Command.StartProvider start -> subject(lattice, "provider.start", start.host());
            case Command.StopProvider stop -> subject(lattice, "provider.stop", stop.host());
            case Command.PutConfig put -> subject(lattice, "config.put", put.name());
            case Command.DeleteConfig(String name) -> subject(lattice, "config.del", name);
            case Command.PutLink _ -> subject(lattice, "link.put");
            case Command.DeleteLink _ -> subject(lattice, "link.del");
        };
    }

    /** Every host of the lattice answers it. */
    public String ping(LatticeName lattice) {
        return subject(lattice, "host.ping");
    }

    /** Answered by this host. */
    public String inventory(LatticeName lattice, HostId host) {
        return subject(lattice, "host.get", host);
    }

    /** Done by this host. */
    public String putLabel(LatticeName lattice, HostId host) {
        return subject(lattice, "label.put", host);
    }

    /** Done by this host. */
    public String deleteLabel(LatticeName lattice, HostId host) {
        return subject(lattice, "label.del", host);
    }

    /** Answered by any one host. */
    public String links(LatticeName lattice) {
        return subject(lattice, "link.get");
    }

    /** Answered by any one host. */
    public String config(LatticeName lattice, String name) {
        return subject(lattice, "config.get", name);
    }

    private String subject(LatticeName lattice, String verb, HostId host) {
        return subject(lattice, verb, host.value());
    }

    private String subject(LatticeName lattice, String verb, String id) {
        return subject(lattice, verb) + "." + token(id);
    }

    private String subject(LatticeName lattice, String verb) {
        return before + token(lattice.value()) + "." + verb;
    }

    private static String token(String text) {
        if (!TOKEN.matcher(text).matches()) {
            throw new IllegalArgumentException("not one NATS token: " + text);
        }
        return text;
    }
}
