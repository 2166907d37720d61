package dev.trellis.api.store;

import java.net.URI;
import java.util.Locale;
import java.util.Set;

/** Which hosts the gates of rollouts may reach: only those that an administrator names. */
public final class GateHosts {
    private GateHosts() {}

    /** Whether a gate at this address may be asked: its name is listed, alone or with its port. */
    public static boolean allows(Set<String> hosts, URI url) {
        var host = url.getHost();
        if (host == null || !Set.of("http", "https").contains(String.valueOf(url.getScheme()))) {
            return false;
        }
        var name = host.toLowerCase(Locale.ROOT);
        return hosts.contains(name) || hosts.contains(name + ":" + url.getPort());
    }
}
