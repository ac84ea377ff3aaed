package org.sallyport.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Starts reads for upload and remembers how they ended; every byte given is compared with the torrent's. */
final class Reads {
    private static final int HEAD = 13;

    private final Disk disk;
    final List<StorageException> failed = new ArrayList<>();
    int given;

    Reads(Disk disk) {
        this.disk = disk;
    }

    int ended() {
        return given + failed.size();
    }

    /** Reads the first bytes of a piece. @return whether it was begun */
    boolean start(int piece, int length) {
        int[] lengths = new int[(length + TorrentStorage.BLOCK - 1) / TorrentStorage.BLOCK];
        Arrays.fill(lengths, TorrentStorage.BLOCK);
        lengths[lengths.length - 1] -= lengths.length * TorrentStorage.BLOCK - length;
        return disk.storage.read(piece, 0, lengths, HEAD, new TorrentStorage.ReadListener() {
            @Override
            public void read(ByteBuffer data) {
                given++;
                byte[] bytes = new byte[length];
                int from = 0;
                for (int block : lengths) {
                    data.position(data.position() + HEAD).get(bytes, from, block);
                    from += block;
                }
                assertThat(data.hasRemaining()).isFalse();
                disk.storage.giveRead(data);
                assertThat(bytes).isEqualTo(Arrays.copyOf(disk.torrent.piece(piece), length));
            }

            @Override
            public void readFailed(StorageException trouble) {
                failed.add(trouble);
            }
        });
    }
}
