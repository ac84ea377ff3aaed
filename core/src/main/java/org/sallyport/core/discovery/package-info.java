/**
 * Where peer addresses come from: HTTP, HTTPS and UDP trackers, asked with bounds, checked addresses and verified certificates; a node of
 * the DHT; neighbours.
 */
@NullMarked
package org.sallyport.core.discovery;

import org.jspecify.annotations.NullMarked;
