/** Proves of the rollout's rules: examples, invariants in random worlds, the reference model. */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.rollout;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
