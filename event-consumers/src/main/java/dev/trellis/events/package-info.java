@NullMarked
@CheckReturnValue
package dev.trellis.events;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
