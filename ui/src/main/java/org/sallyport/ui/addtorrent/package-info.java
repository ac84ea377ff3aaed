/** Torrents on their way in: the Add dialog with its file tree, and the Create dialog that makes new ones. */
@NullMarked
package org.sallyport.ui.addtorrent;

import org.jspecify.annotations.NullMarked;
