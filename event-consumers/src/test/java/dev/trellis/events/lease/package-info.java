@NullMarked
package dev.trellis.events.lease;

import org.jspecify.annotations.NullMarked;
