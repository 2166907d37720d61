@NullMarked
@CheckReturnValue
package dev.trellis.api;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
