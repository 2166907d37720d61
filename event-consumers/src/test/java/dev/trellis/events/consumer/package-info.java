@NullMarked
package dev.trellis.events.consumer;

import org.jspecify.annotations.NullMarked;
