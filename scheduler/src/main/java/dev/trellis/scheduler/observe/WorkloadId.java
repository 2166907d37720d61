package dev.trellis.scheduler.observe;

/**
 * A component's or provider's id as hosts know it: one NATS token, unique in a lattice
 * (lattice-protocol 4.1).
 */
public record WorkloadId(String value) implements Comparable<WorkloadId> {
    public WorkloadId {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("WorkloadId is empty");
        }
    }

    @Override
    public int compareTo(WorkloadId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
