package dev.trellis.api.body;

/** A body that can't be read at all; the message says where and why. */
public final class MalformedBodyException extends Exception {
    MalformedBodyException(String message) {
        super(message, null, false, false);
    }
}
