package org.sallyport.core.engine;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Set;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.UploadPolicy;

/**
 * Files to share.
 *
 * @param path     a file or folder under an allowed folder
 * @param audience public, or trusted only for some devices or all; {@link Sharing#shared} is implied
 * @param despite  the user has seen the concerns ({@link Shares#examine}) and wants it all the same
 */
public record ShareRequest(Path path, Sharing audience, boolean despite) {

    /** For some paired devices; for all with an empty set. */
    public static ShareRequest withDevices(Path path, Set<String> devices, String note, Instant expires) {
        return new ShareRequest(path, new Sharing(UploadPolicy.NORMAL, true, devices, true, note, expires), false);
    }
}
