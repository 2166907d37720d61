package dev.trellis.scheduler.observe;

/** An app: metadata.name of its manifest, unique in a lattice. */
public record AppName(String value) implements Comparable<AppName> {
    public AppName {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("AppName is empty");
        }
    }

    @Override
    public int compareTo(AppName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
