/** The fast path to disk: pieces, hashing, files, quarantine and the share gate. */
@NullMarked
package org.sallyport.core.storage;

import org.jspecify.annotations.NullMarked;
