package org.sallyport.core.persist;

import java.time.Instant;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Sharing;
import org.sallyport.core.model.TorrentOptions;

/** Torrents to keep. */
final class Samples {
    private static final Instant ADDED = Instant.parse("2026-11-20T10:15:30.123456789Z");

    private Samples() { }

    static InfoHash hash(int number) {
        return new InfoHash(String.format("%040x", number));
    }

    static SavedTorrent torrent(int number) {
        byte[] metainfo = new byte[20_000 + number];
        new Random(number).nextBytes(metainfo);
        return new SavedTorrent(hash(number), Bytes.copyOf(metainfo), "/home/ann/Downloads", "folder " + number, number % 2 == 0, true,
                ADDED.plusSeconds(number), Set.of(),
                TorrentOptions.DEFAULT.withPriorities(Map.of(0, FilePriority.SKIP, 7 + number, FilePriority.SKIP)),
                Sharing.DOWNLOAD, SavedProgress.none(hash(number)), SeedTime.NONE);
    }

    static SavedProgress progress(int number, long step) {
        byte[] verified = {(byte) (step >> 8), (byte) step, (byte) 0x80};
        return new SavedProgress(hash(number), Bytes.copyOf(verified), Bytes.copyOf(new byte[] {0, 0, (byte) 0x80}), step, step / 2);
    }
}
