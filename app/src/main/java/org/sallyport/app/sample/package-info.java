/** A small legal torrent made, tracked and shared by a process of ours on this computer, for a first try without the internet. */
@NullMarked
package org.sallyport.app.sample;

import org.jspecify.annotations.NullMarked;
