package org.sallyport.core.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.metainfo.Magnet;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.TorrentFileText;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;

/** Hands torrents on: as a file or as a link. Any thread. */
final class Export {
    private final TorrentDesk desk;

    private record Told(Metainfo metainfo, List<List<String>> tiers) { }

    Export(TorrentDesk desk) {
        this.desk = desk;
    }

    private Told told(ManagedTorrent torrent) throws RefusedException {
        if (torrent.sharing().trustedOnly()) {
            throw new RefusedException("export.trusted-only",
                    "This torrent is for trusted devices only: whoever has its file or link could ask for it "
                    + "elsewhere, so none is made. Send it to a device instead.");
        }
        return new Told(torrent.metainfo(), torrent.ledger().tiers());
    }

    CompletableFuture<Outcome<String>> magnet(InfoHash hash) {
        return desk.command(hash, torrent -> {
            Told told = told(torrent);
            return Magnet.of(told.metainfo(), told.tiers()).text();
        });
    }

    CompletableFuture<Outcome<Path>> file(InfoHash hash, Path file) {
        return desk.commands().run(() -> {
            Told told = desk.onLoop(hash, this::told);
            Path target = file.toAbsolutePath().normalize();
            if (target.getParent() == null || !Files.isDirectory(target.getParent())) {
                throw new RefusedException("export.folder", "There is no folder for that file. Choose a file name in a folder that exists.");
            }
            write(target, TorrentFileText.file(told.metainfo(), told.tiers()));
            return Outcome.done(target);
        });
    }

    private static void write(Path target, byte[] content) throws IOException, RefusedException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            fill(channel, target, content);
        } catch (FileAlreadyExistsException e) {
            throw new RefusedException("export.exists", "\"" + target.getFileName()
                    + "\" is there already and is not replaced. Choose another name.");
        }
    }

    /** Half a file would be taken for a torrent. */
    private static void fill(FileChannel channel, Path target, byte[] content) throws IOException {
        boolean whole = false;
        try {
            ByteBuffer left = ByteBuffer.wrap(content);
            while (left.hasRemaining()) {
                channel.write(left);
            }
            channel.force(true);
            whole = true;
        } finally {
            if (!whole) {
                Files.deleteIfExists(target);
            }
        }
    }
}
