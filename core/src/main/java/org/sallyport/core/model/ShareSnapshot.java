package org.sallyport.core.model;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/**
 * Something others can get from this computer, at one moment.
 *
 * @param hash     of its torrent; what commands take
 * @param path     the file or folder that is read
 * @param bytes    of all files
 * @param audience who can get it
 * @param devices  names of those it is for, with {@link Audience#DEVICES}; empty for all paired devices
 * @param since    when it was added
 * @param expires  {@link Instant#MAX} for never
 * @param download it was downloaded here, not made from own files
 * @param peers    who is connected for it now
 * @param trouble  empty, or why nobody gets it now and what to do
 */
public record ShareSnapshot(
        InfoHash hash, String name, Path path, long bytes, int files, Audience audience, List<String> devices, Instant since, Instant expires,
        boolean download, int peers, long uploadedBytes, String note, String trouble) {

    public enum Audience { PUBLIC, DEVICES }

    public ShareSnapshot {
        devices = List.copyOf(devices);
    }
}
