package dev.trellis.scheduler.observe;

/**
 * A host's public nkey: 56 characters starting with N. Hosts make a new one at each start unless
 * seeded (lattice-protocol 4.1).
 */
public record HostId(String value) implements Comparable<HostId> {
    public HostId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("HostId is empty");
        }
    }

    @Override
    public int compareTo(HostId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
