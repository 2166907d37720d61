/**
 * What the {@code placement} trait asks for: how the instances of one component are divided and
 * where they may run, beyond what a scaler can say. Values only; who places reads them.
 */
@NullMarked
@CheckReturnValue
package dev.trellis.manifest.placement;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
