package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.sallyport.core.model.BlocklistState;
import org.sallyport.core.model.EngineSnapshot;
import org.sallyport.core.model.Event;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.LocalNetwork;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.model.QuitMode;
import org.sallyport.core.model.TorrentDetails;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.SettingsFile;

/**
 * The library of torrents. Any thread may call it; commands run one after another on the command thread, and their
 * outcome comes through the future. Views never guess: they show the next snapshot.
 */
public interface Engine extends AutoCloseable {

    /**
     * Opens the data directory, the saved torrents and the port, and starts what was running. Waits for all that.
     * @throws EngineStartException if another instance has the directory, the port is taken, or the state cannot be read
     */
    static Engine start(EngineOptions options) throws EngineStartException {
        return StartUp.start(options, Surroundings.ofUser());
    }

    /** Where this platform keeps a user's Sallyport data when nothing else is said. */
    static Path defaultDataDirectory() {
        return DataDirectory.platformDefault();
    }

    /** The settings kept in a data directory, whoever uses it now; the usual ones if there are none or they cannot be read. */
    static Settings savedSettings(Path dataDirectory) {
        return SettingsFile.load(DataDirectory.settingsFileIn(dataDirectory)).settings();
    }

    /** The Unix domain socket on which the instance with this data directory takes commands; short enough to bind. */
    static Path socketFile(Path dataDirectory) {
        return DataDirectory.socketFileFor(dataDirectory);
    }

    /** Adds a torrent; the hash of the one added, or refused (invalid, already there, policy) or failed. */
    CompletableFuture<Outcome<InfoHash>> add(AddRequest request);

    /** Starts a paused or finished torrent; done also when it was running. */
    CompletableFuture<Outcome<InfoHash>> start(InfoHash hash);

    CompletableFuture<Outcome<InfoHash>> pause(InfoHash hash);

    /** Takes a torrent off the list. @param withData also moves its files to the trash */
    CompletableFuture<Outcome<InfoHash>> remove(InfoHash hash, boolean withData);

    /** Dials these addresses now, or when the torrent runs next; for this run of the program. */
    CompletableFuture<Outcome<InfoHash>> addPeers(InfoHash hash, List<PeerAddress> peers);

    /** Reads all data again and compares it with the hashes; the snapshot shows the progress. Done when all was read. */
    CompletableFuture<Outcome<InfoHash>> recheck(InfoHash hash);

    /** Reads and checks a .torrent file without adding it. Refused with the reason when it would not be accepted. */
    CompletableFuture<Outcome<TorrentPreview>> inspect(Path metainfo);

    /** Makes a .torrent file. @param progress told 0..1 now and then, on a thread of the engine @return cancel the future to stop it */
    CompletableFuture<Outcome<TorrentPreview>> create(CreateRequest request, Consumer<Double> progress);

    /** Replaces the settings; checked by policy, saved, and in force when the outcome is done. */
    CompletableFuture<Outcome<Settings>> changeSettings(Settings settings);

    /**
     * Looks at every socket of this process, as the operating system lists them; done by itself once a minute, too. What should not be
     * there is an event {@code port.unexpected}, once for each socket, and shows in the snapshot's {@link EngineSnapshot#port}.
     */
    CompletableFuture<Outcome<PortAudit>> auditPort();

    /**
     * Puts a blocklist in force and keeps it: nobody on it is let in, called or asked, and who is connected is dropped. P2P text, DAT or
     * CIDR, gzip or not, at most 32 MiB and 2,000,000 ranges; refused with the reason when it cannot be used, and the old one stays.
     */
    CompletableFuture<Outcome<BlocklistState>> loadBlocklist(Path file);

    /** Removes the blocklist; done also when there is none. */
    CompletableFuture<Outcome<BlocklistState>> clearBlocklist();

    /** The blocklist in force; never blocks. */
    BlocklistState blocklist();

    /** The network interfaces of this computer, by name; for {@link Settings#network}. */
    CompletableFuture<Outcome<List<LocalNetwork>>> networks();

    Settings settings();

    /** Changes to torrents of the list. */
    Torrents torrents();

    /** This device and those it trusts. */
    Devices devices();

    /** What is held between the network and the user. */
    Quarantine quarantine();

    /** Whose signatures are believed. */
    Publishers publishers();

    /** What others can get from this computer. */
    Shares shares();

    /**
     * Says when the program is to end by itself, from now on and for this run; {@link QuitMode#OFF} takes it back. Refused when nobody
     * here could end it ({@link #onQuit}) or by policy. The snapshot tells how far it is.
     */
    CompletableFuture<Outcome<QuitMode>> quitWhen(QuitMode mode);

    /** Stops a countdown that runs: not this time. A mode for all downloads holds again from the next one on. Done also when none runs. */
    CompletableFuture<Outcome<QuitMode>> keepOpen();

    /** Calls {@code handler} when the countdown is over, on the network thread: it hands over to whoever closes the engine. */
    Subscription onQuit(Runnable handler);

    /** With all that answered commands have changed; only then it is made anew, and this waits for that: a moment. */
    EngineSnapshot snapshot();

    /** Calls {@code listener} with each new snapshot (2 Hz) on the engine's thread: hand it over, do not work there. Close to stop. */
    Subscription onSnapshot(Consumer<EngineSnapshot> listener);

    /** One torrent with files, peers, trackers and pieces; empty when it is gone. */
    CompletableFuture<Optional<TorrentDetails>> details(InfoHash hash);

    /** At most {@code max} kept events with {@code seq > since}, oldest first. */
    CompletableFuture<List<Event>> events(long since, int max);

    /** Calls {@code listener} with each new event, in order, on the engine's thread. Close to stop. */
    Subscription onEvent(Consumer<Event> listener);

    /** Stops everything in order (trackers told, state saved), at most 5 s. Idempotent. */
    @Override
    void close();

    /** Something to close when it is no longer wanted. */
    interface Subscription extends AutoCloseable {
        @Override
        void close();
    }
}
