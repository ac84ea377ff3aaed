package org.sallyport.core.persist;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** Commits without end until it is killed; prints what it has committed: {@code torrents step}. */
final class CommitLoop {
    private static final int STEPS_PER_TORRENT = 50;

    private CommitLoop() { }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        try (StateDatabase database = StateDatabase.open(Path.of(arguments[0]))) {
            int torrents = database.torrents().size();
            long step = database.torrents().stream().mapToLong(torrent -> torrent.progress().downloadedBytes()).max().orElse(0);
            while (true) {
                if (step % STEPS_PER_TORRENT == 0) {
                    database.insert(Samples.torrent(torrents));
                    torrents++;
                }
                step++;
                database.saveProgress(List.of(Samples.progress(0, step), Samples.progress(torrents - 1, step)));
                out.println(torrents + " " + step);
            }
        }
    }
}
