package org.sallyport.core.metainfo;

/**
 * One file of a torrent.
 *
 * @param index  0-based place in the torrent
 * @param path   safe relative path with {@code /} between elements: the torrent's name and what follows it, or just the name
 *               of a single-file torrent. Unique among files that are not padding
 * @param offset of its first byte in the content of the torrent, all files laid end to end
 * @param size   bytes, may be 0
 * @param pad    padding (BEP 47): zeros that count for the hashes and are never written
 */
public record FileEntry(int index, String path, long offset, long size, boolean pad) { }
