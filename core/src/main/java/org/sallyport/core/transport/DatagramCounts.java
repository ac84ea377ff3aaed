package org.sallyport.core.transport;

/**
 * Datagrams since the start, each counted once.
 *
 * @param taken     a consumer took it; @param refused by address or size, or nobody had asked for it where only answers come in
 * @param overRate  more came than is looked at; @param unclaimed nobody knew what it is; @param sent handed to the system
 */
public record DatagramCounts(long taken, long refused, long overRate, long unclaimed, long sent) { }
