/** The Sharing screen: everything other people can get from this computer, the folders it may come from, and how to share more. */
@NullMarked
package org.sallyport.ui.sharing;

import org.jspecify.annotations.NullMarked;
