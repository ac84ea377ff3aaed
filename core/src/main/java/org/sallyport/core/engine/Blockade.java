package org.sallyport.core.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.engine.PortWatch.Alarm;
import org.sallyport.core.model.BlocklistState;
import org.sallyport.core.model.BlocklistState.Kind;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.policy.Blocklist;
import org.sallyport.core.policy.BlocklistReader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the user's blocklist in the data directory and in force. Its work is done on {@link #thread}; what is in force, from any thread. */
final class Blockade implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Blockade.class);

    private final Path file;
    private final InstantSource clock;
    private final Alarm alarm;
    /** Two million lines take a second or two: nobody else waits for it. */
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DaemonThreads.named("sallyport-blocklist"));
    private final CopyOnWriteArrayList<Consumer<Blocklist>> followers = new CopyOnWriteArrayList<>();
    private volatile Blocklist inForce = Blocklist.EMPTY;
    private volatile BlocklistState state = BlocklistState.NONE;

    /** @param file where the list is kept, as the user gave it */
    Blockade(Path file, InstantSource clock, Alarm alarm) {
        this.file = file;
        this.clock = clock;
        this.alarm = alarm;
    }

    Blocklist inForce() {
        return inForce;
    }

    BlocklistState state() {
        return state;
    }

    ExecutorService thread() {
        return thread;
    }

    /** Calls {@code follower} with each list that comes into force, on the blocklist's thread. */
    void follow(Consumer<Blocklist> follower) {
        followers.add(follower);
    }

    /** Reads the list of the last run. Waits for it, a second or two for two million ranges: nobody it names may get in meanwhile. */
    void restore() {
        if (Files.notExists(file)) {
            return;
        }
        try {
            putInForce(read(file), Files.getLastModifiedTime(file).toInstant());
        } catch (RefusedException e) {
            damaged(e.refusal().sentence(), e);
        } catch (IOException e) {
            damaged("The blocklist cannot be read.", e);
        }
    }

    private void damaged(String reason, Exception cause) {
        LOG.warn("the saved blocklist cannot be used", cause);
        String sentence = reason + " Nobody is let in or called until you load it again, or clear it.";
        inForce = Blocklist.UNREADABLE;
        state = new BlocklistState(Kind.DAMAGED, 0, 0, Instant.EPOCH, sentence);
        alarm.tell(Severity.TROUBLE, "blocklist.damaged", sentence, Map.of());
    }

    /** Blocklist thread. The copy is what is read and kept, so that nobody can change it in between. */
    Outcome<BlocklistState> load(Path source) throws RefusedException, IOException {
        if (!Files.isRegularFile(source)) {
            throw new RefusedException("blocklist.no-file", "There is no file at that place. Choose the file of a blocklist.");
        }
        if (Files.size(source) > BlocklistReader.MAX_FILE_BYTES) {
            throw new RefusedException("blocklist.file-size", "The blocklist is larger than 32 MiB. Choose a smaller one, or pack it with gzip.");
        }
        Path copy = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
            Blocklist list = read(copy);
            Instant now = clock.instant();
            Files.setLastModifiedTime(copy, FileTime.from(now));
            Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE);
            putInForce(list, now);
        } finally {
            Files.deleteIfExists(copy);
        }
        alarm.tell(Severity.INFO, "blocklist.loaded", state.sentence(),
                Map.of("ranges", Integer.toString(state.ranges()), "badLines", Integer.toString(state.badLines())));
        return Outcome.done(state);
    }

    /** Blocklist thread. */
    Outcome<BlocklistState> clear() throws IOException {
        if (Files.deleteIfExists(file)) {
            alarm.tell(Severity.INFO, "blocklist.cleared", "The blocklist was removed: no address is blocked any more.", Map.of());
        }
        inForce = Blocklist.EMPTY;
        state = BlocklistState.NONE;
        return Outcome.done(state);
    }

    private static Blocklist read(Path list) throws RefusedException, IOException {
        try (InputStream in = Files.newInputStream(list)) {
            return BlocklistReader.read(in);
        }
    }

    private void putInForce(Blocklist list, Instant loadedAt) {
        inForce = list;
        String skipped = list.badLines() == 0 ? ""
                : String.format(Locale.ROOT, " %,d lines of its file say nothing and were skipped.", list.badLines());
        state = new BlocklistState(Kind.LOADED, list.ranges(), list.badLines(), loadedAt,
                String.format(Locale.ROOT, "%,d address ranges are blocked.", list.ranges()) + skipped);
        followers.forEach(follower -> follower.accept(list));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
