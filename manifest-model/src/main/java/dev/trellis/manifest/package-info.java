@NullMarked
@CheckReturnValue
package dev.trellis.manifest;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
