/** The window around everything: rail, status bar, shortcuts, theme, and the entry point for the app. */
@NullMarked
package org.sallyport.ui.shell;

import org.jspecify.annotations.NullMarked;
