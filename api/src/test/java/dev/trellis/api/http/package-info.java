@NullMarked
@CheckReturnValue
package dev.trellis.api.http;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
