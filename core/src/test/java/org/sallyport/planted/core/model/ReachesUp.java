package org.sallyport.planted.core.model;

import org.sallyport.planted.core.persist.ClosesCircle;

/** Uses a package of a higher level, and with it makes a circle. */
public interface ReachesUp {
    ClosesCircle up();
}
