package dev.trellis.deploy;

import org.jspecify.annotations.Nullable;

/** A setting can't be used. Trying again does not help; the message says which and why. */
final class InvalidSettingsException extends RuntimeException {
    InvalidSettingsException(String what, @Nullable Throwable cause) {
        super(what, cause);
    }
}
