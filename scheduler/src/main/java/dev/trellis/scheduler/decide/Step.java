package dev.trellis.scheduler.decide;

/**
 * One command that is missing, and why, in words for a person.
 *
 * @param reason one of a few constant words, for logs and metrics
 */
public record Step(Command command, String reason) {}
