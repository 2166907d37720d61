package dev.trellis.scheduler.rollout;

import java.util.Optional;

/**
 * What a person may ask of a rollout under way, the safest first: that is the order in which
 * pending ones are applied. An approval is no verb of the record but a record of its own.
 */
public enum Verb {
    UNDEPLOY("undeploy"),
    ABORT("abort"),
    HALT("halt"),
    PAUSE("pause"),
    AMEND("amend"),
    PROMOTE("promote"),
    RESUME("resume");

    private final String word;

    Verb(String word) {
        this.word = word;
    }

    /** As in the address of the HTTP API. */
    public String word() {
        return word;
    }

    public static Optional<Verb> of(String word) {
        for (var verb : values()) {
            if (verb.word.equals(word)) {
                return Optional.of(verb);
            }
        }
        return Optional.empty();
    }
}
