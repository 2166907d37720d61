/**
 * Where instances go: how many of a component run on which host. Pure: no I/O, no clock, no
 * logging, no randomness; the same problem gives the same answer in every JVM and in any order of
 * its hosts.
 *
 * <p>Words: a <em>spread</em> is a share of the instances for the hosts that match it; its
 * <em>target</em> is how many it should have; a <em>split</em> says how many of a host's instances
 * count for which spread; <em>order</em> is a hash that ranks hosts for one app; a <em>domain</em>
 * is a value of the first topology key; <em>room</em> is what a host's cap still allows.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.place;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
