/** The Safety screen: what of this computer others can reach, and with whom nothing is exchanged. */
@NullMarked
package org.sallyport.ui.safety;

import org.jspecify.annotations.NullMarked;
