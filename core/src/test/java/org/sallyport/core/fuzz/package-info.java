/** Tries every reader of bytes that others send with anything: a few seconds in each build, minutes in the profile {@code fuzz}. */
@NullMarked
package org.sallyport.core.fuzz;

import org.jspecify.annotations.NullMarked;
