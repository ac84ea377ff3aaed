package org.sallyport.core.discovery;

import org.sallyport.core.model.InfoHash;

/**
 * What is asked of a web server.
 *
 * @param address where, as made of the torrent's web seed
 * @param from    first byte of the file there; @param length how many bytes, at least 1
 * @param ranged  asks for these bytes of the file (BEP 19), else the answer as a whole must be of that length (BEP 17)
 */
public record WebQuestion(InfoHash hash, String address, long from, long length, boolean ranged) { }
