package org.sallyport.core.engine;

import org.sallyport.core.model.InfoHash;
import org.sallyport.core.trust.DeviceId;

/** One torrent on its way from or to one device. */
record OfferKey(InfoHash hash, DeviceId device) { }
