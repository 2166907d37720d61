/**
 * What hosts reported, as values: hosts, what runs on them, links, and the events that change them.
 * Pure.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.observe;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
