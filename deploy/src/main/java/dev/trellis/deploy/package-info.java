@NullMarked
@CheckReturnValue
package dev.trellis.deploy;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
