package org.sallyport.core.storage;

/**
 * Where a file came from, as other programs may read it: no trackers with a key of the user in them.
 *
 * @param url      of the file itself, such as a magnet link @param referrer who named it
 */
public record Origin(String url, String referrer) { }
