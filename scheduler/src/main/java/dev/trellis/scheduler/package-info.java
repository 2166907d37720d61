@NullMarked
@CheckReturnValue
package dev.trellis.scheduler;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
