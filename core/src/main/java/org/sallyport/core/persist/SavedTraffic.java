package org.sallyport.core.persist;

import java.time.LocalDate;

/** What passed on one day. @param day of the calendar of this computer @param received bytes; @param sent likewise */
public record SavedTraffic(LocalDate day, long received, long sent) { }
