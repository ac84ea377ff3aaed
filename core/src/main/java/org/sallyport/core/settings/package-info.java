/** The user's choices as one immutable validated tree. */
@NullMarked
package org.sallyport.core.settings;

import org.jspecify.annotations.NullMarked;
