package org.sallyport.planted.core.persist;

import org.sallyport.planted.core.model.Plain;

/** The allowed half of a circle. */
public interface ClosesCircle {
    Plain down();
}
