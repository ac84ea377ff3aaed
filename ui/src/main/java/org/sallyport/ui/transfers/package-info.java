/** The Downloads screen: the table of torrents and the details pane below it. */
@NullMarked
package org.sallyport.ui.transfers;

import org.jspecify.annotations.NullMarked;
