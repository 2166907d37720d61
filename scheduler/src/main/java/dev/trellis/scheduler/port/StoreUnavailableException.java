package dev.trellis.scheduler.port;

/** The store did not answer in time, or is away. Nothing is known of the write; try again. */
public final class StoreUnavailableException extends RuntimeException {
    public StoreUnavailableException(String what, Throwable cause) {
        super(what, cause);
    }
}
