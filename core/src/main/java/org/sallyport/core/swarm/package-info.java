/** One torrent exchanging pieces: peers, picker, requests, choker, blame and bans; all of it on the network thread. */
@NullMarked
package org.sallyport.core.swarm;

import org.jspecify.annotations.NullMarked;
