package dev.trellis.scheduler.rollout;

import dev.trellis.scheduler.observe.HostId;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which hosts belong to which stage, by {@link HostKey}. A host is in at most one stage and has one
 * role there. Immutable.
 */
public final class Members {
    public static final Members NONE = new Members(Map.of());

    private final Map<Long, Member> byHost;

    private Members(Map<Long, Member> byHost) {
        this.byHost = byHost;
    }

    public static Members of(Map<Long, Member> byHost) {
        return byHost.isEmpty() ? NONE : new Members(new HashMap<>(byHost));
    }

    public Optional<Member> of(HostId host) {
        return Optional.ofNullable(byHost.get(HostKey.of(host)));
    }

    public int size() {
        return byHost.size();
    }

    /** All hosts, by key. */
    public Map<Long, Member> all() {
        return Collections.unmodifiableMap(byHost);
    }

    /** Hosts of one stage in one role; how the record stores them. */
    public SortedSet<Long> in(int stage, Role role) {
        var wanted = new Member(stage, role);
        var keys = new TreeSet<Long>();
        byHost.forEach((host, member) -> {
            if (member.equals(wanted)) {
                keys.add(host);
            }
        });
        return keys;
    }

    /** How many of a stage have a role. */
    public int count(int stage, Role role) {
        return in(stage, role).size();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Members members && byHost.equals(members.byHost);
    }

    @Override
    public int hashCode() {
        return byHost.hashCode();
    }

    @Override
    public String toString() {
        return new TreeMap<>(byHost).toString();
    }
}
