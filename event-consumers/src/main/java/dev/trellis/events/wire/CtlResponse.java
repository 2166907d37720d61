package dev.trellis.events.wire;

import java.util.Optional;

/**
 * A host's reply (lattice-protocol 1.3). {@code success} to a command means validated and queued.
 *
 * @param message never matched on; for people
 * @param response absent when the host sent none, or one that lacks what it must have
 */
public record CtlResponse<T>(boolean success, String message, Optional<T> response) {}
