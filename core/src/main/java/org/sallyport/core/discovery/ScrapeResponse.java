package org.sallyport.core.discovery;

/**
 * What a tracker knows of one torrent (BEP 48).
 *
 * @param seeds −1 when it did not say; @param leechers likewise; @param downloads completed downloads it counted, likewise
 */
public record ScrapeResponse(int seeds, int leechers, int downloads) { }
