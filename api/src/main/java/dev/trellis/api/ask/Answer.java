package dev.trellis.api.ask;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** What the owner said. */
public sealed interface Answer {
    /** In the shape of the HTTP API. */
    record Found(ObjectNode json) implements Answer {}

    /** There is no such app or host in the lattice. */
    record Unknown() implements Answer {}

    /** Nobody who owns the lattice answered in time; worth another try. */
    record Unreachable() implements Answer {}
}
