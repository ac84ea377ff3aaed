/** The command line: each command once, run here or in the running instance, printed for people or as JSON lines. */
@NullMarked
package org.sallyport.app.cli;

import org.jspecify.annotations.NullMarked;
