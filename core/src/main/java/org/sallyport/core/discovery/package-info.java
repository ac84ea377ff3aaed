/** Where peer addresses come from: HTTP and HTTPS trackers, asked with bounds, checked addresses and verified certificates; a node of the DHT. */
@NullMarked
package org.sallyport.core.discovery;

import org.jspecify.annotations.NullMarked;
