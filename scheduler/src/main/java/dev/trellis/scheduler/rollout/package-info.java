/**
 * Which revision of an app each host should run, when, and on what evidence. Pure: a record, what
 * is seen and the time go in; the next record, wishes and the next time to look come out. How many
 * instances a host runs is never decided here.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.rollout;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
