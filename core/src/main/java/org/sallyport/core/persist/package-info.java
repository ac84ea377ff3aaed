/** State that survives a crash: one SQLite database and the data directory it lives in. */
@NullMarked
package org.sallyport.core.persist;

import org.jspecify.annotations.NullMarked;
