package dev.trellis.scheduler.observe;

/** A lattice: one NATS token, also part of bucket names (lattice-protocol 5.2). */
public record LatticeName(String value) implements Comparable<LatticeName> {
    public LatticeName {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("LatticeName is empty");
        }
    }

    @Override
    public int compareTo(LatticeName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
