/** What the API shows of a lattice, as JSON in the shapes of the HTTP API. */
@NullMarked
@CheckReturnValue
package dev.trellis.api.view;

import com.google.errorprone.annotations.CheckReturnValue;
import org.jspecify.annotations.NullMarked;
