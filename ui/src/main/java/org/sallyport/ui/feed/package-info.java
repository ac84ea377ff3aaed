/** The only bridge between the engine's threads and the FX thread: snapshots in, commands out. */
@NullMarked
package org.sallyport.ui.feed;

import org.jspecify.annotations.NullMarked;
