package org.sallyport.planted.core.gossip;

import org.sallyport.planted.core.model.Plain;

/** Lies in a package the table does not know. */
interface UnlistedPackage {
    Plain heard();
}
