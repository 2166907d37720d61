package dev.trellis.scheduler.decide;

import dev.trellis.scheduler.observe.AppName;
import dev.trellis.scheduler.observe.HostId;
import java.util.List;
import java.util.Optional;

/**
 * What deploying a version at this moment would send, from the first command to the last, by the
 * very function that decides what is sent.
 *
 * @param from the desired version now; absent: none
 * @param to what the version to deploy is called
 * @param planHash of from, to, policy, commands and stages; no times in it, so the same world gives
 *     the same hash
 * @param possible whether everything wanted would be placed; else {@code problems} say what not
 * @param commands in the order in which they would be sent; those for one host never overlap
 */
public record DeployPlan(
        AppName app,
        Optional<String> from,
        String to,
        String planHash,
        boolean possible,
        CommandCounts commandCounts,
        List<PlannedCommand> commands,
        Unavailable unavailable,
        List<String> warnings,
        List<String> problems) {

    public DeployPlan {
        commands = List.copyOf(commands);
        warnings = List.copyOf(warnings);
        problems = List.copyOf(problems);
    }

    public record CommandCounts(
            int scale,
            int startProvider,
            int stopProvider,
            int putLink,
            int deleteLink,
            int putConfig,
            int deleteConfig) {}

    /**
     * @param host absent for links and configs
     * @param action {@code scale}, {@code startProvider}, {@code stopProvider}, {@code putLink},
     *     {@code deleteLink}, {@code putConfig} or {@code deleteConfig}
     * @param subject id of the component or provider; source of a link; name of a config
     * @param from instances before; 0 for links and configs
     * @param to instances after; 0 for links and configs
     * @param reason one of a few constant words
     */
    public record PlannedCommand(
            Optional<HostId> host,
            String action,
            String subject,
            int from,
            int to,
            String reason) {}

    /**
     * Hosts of the app that are not serving or in transition now, and how many there may be at
     * once.
     */
    public record Unavailable(int now, int max) {}
}
