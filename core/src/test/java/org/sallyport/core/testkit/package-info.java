/** Real counterparts for tests: trackers and clocks that speak and tick, and misbehave on demand. */
@NullMarked
package org.sallyport.core.testkit;

import org.jspecify.annotations.NullMarked;
