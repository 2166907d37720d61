/** Tests of the loop's parts. */
@NullMarked
@CheckReturnValue
package dev.trellis.scheduler.loop;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
