package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.Locale;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;

/** Where a torrent to add is described. */
public sealed interface AddSource {

    /** A .torrent file. */
    record MetainfoFile(Path path) implements AddSource { }

    /** A .torrent file at an http or https address. It is fetched once: what was looked at is what is added. */
    record WebAddress(String url) implements AddSource {

        /** Whether it means to be one, whatever it is worth. */
        public static boolean isOne(String text) {
            String begin = text.strip().toLowerCase(Locale.ROOT);
            return begin.startsWith("http://") || begin.startsWith("https://");
        }
    }

    /** A magnet link (BEP 9): the list of files comes from peers. */
    record MagnetLink(String text) implements AddSource {

        /** Whether it means to be one, whatever it is worth. */
        public static boolean isOne(String text) {
            return Magnet.looksLikeOne(text);
        }

        /**
         * What it says of itself; nobody is asked, so it tells of no files and its size is 0.
         * @throws RefusedException with a rule {@code magnet.…} if nothing could be found by it
         */
        public TorrentPreview said() throws RefusedException {
            return PendingMagnet.preview(Magnet.parse(text));
        }
    }
}
