@NullMarked
@CheckReturnValue
package dev.trellis.api.wadm;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
