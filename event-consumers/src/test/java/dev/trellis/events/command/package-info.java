@NullMarked
package dev.trellis.events.command;

import org.jspecify.annotations.NullMarked;
