@NullMarked
@CheckReturnValue
package dev.trellis.api.store;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
