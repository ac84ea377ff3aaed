package org.sallyport.core.model;

import java.time.Instant;
import java.util.Set;

/**
 * Who may get a torrent of the list from here.
 *
 * @param upload      when its bytes may be sent
 * @param trustedOnly it exists for paired devices only: no tracker, DHT or PEX, and strangers who ask for it are told nothing
 * @param devices     ids ({@link DeviceSnapshot#id}) of those it is for, with {@code trustedOnly}; empty for all paired devices
 * @param shared      made by the user from own files to be shared, not downloaded
 * @param note        a line for the other people, at most {@value #MAX_NOTE} characters; may be empty
 * @param expires     nobody gets it from then on; {@link Instant#MAX} for never
 */
public record Sharing(UploadPolicy upload, boolean trustedOnly, Set<String> devices, boolean shared, String note, Instant expires) {
    public static final int MAX_NOTE = 200;
    /** What a download begins with. */
    public static final Sharing DOWNLOAD = new Sharing(UploadPolicy.NORMAL, false, Set.of(), false, "", Instant.MAX);

    public Sharing {
        devices = Set.copyOf(devices);
        if (note.length() > MAX_NOTE || !trustedOnly && !devices.isEmpty()) {
            throw new IllegalArgumentException("a note of " + note.length() + " characters, or devices without trusted-only");
        }
    }

    /** Downloaded from paired devices and offered to no one else. */
    public static Sharing trustedDownload() {
        return new Sharing(UploadPolicy.NORMAL, true, Set.of(), false, "", Instant.MAX);
    }

    public Sharing withUpload(UploadPolicy value) {
        return new Sharing(value, trustedOnly, devices, shared, note, expires);
    }
}
