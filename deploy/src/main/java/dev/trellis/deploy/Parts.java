package dev.trellis.deploy;

import jakarta.inject.Singleton;

/** What works on the connections; made only once these are there. */
@Singleton
class Parts {
    void start() {}

    void stop() {}
}
