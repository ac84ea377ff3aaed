/** Opens the window over an engine of its own and answers what the window asks of the application. */
@NullMarked
package org.sallyport.app.desktop;

import org.jspecify.annotations.NullMarked;
