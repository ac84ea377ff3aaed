/** Hostile bytes become a checked torrent, or a refusal with a reason; torrents are written here too. */
@NullMarked
package org.sallyport.core.metainfo;

import org.jspecify.annotations.NullMarked;
