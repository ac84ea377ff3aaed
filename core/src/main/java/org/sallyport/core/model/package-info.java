/** Values everybody shares: ids, snapshots, events, refusals; no I/O, no clock, no lock. */
@NullMarked
package org.sallyport.core.model;

import org.jspecify.annotations.NullMarked;
