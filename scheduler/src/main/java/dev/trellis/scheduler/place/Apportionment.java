package dev.trellis.scheduler.place;

/** How the wanted instances are divided among the spreads. */
public enum Apportionment {
    /** As wadm 0.21: floor, then one more each in order of weight. Weights alone. */
    WADM,
    /** Sainte-Laguë: scaling up never takes an instance from a spread. */
    WEBSTER
}
