/** The library of torrents: commands in, snapshots and events out; the only door for window and command line. */
@NullMarked
package org.sallyport.core.engine;

import org.jspecify.annotations.NullMarked;
