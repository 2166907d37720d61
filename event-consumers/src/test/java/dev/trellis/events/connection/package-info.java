@NullMarked
package dev.trellis.events.connection;

import org.jspecify.annotations.NullMarked;
