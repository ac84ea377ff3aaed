/** Decides what a start of the program is: a command, a window, a hand-over to the running instance, or the sample. */
@NullMarked
package org.sallyport.app.launch;

import org.jspecify.annotations.NullMarked;
