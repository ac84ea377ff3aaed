package org.sallyport.core.engine;

import java.io.PrintStream;
import java.nio.file.Path;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentSnapshot;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.settings.Settings;

/**
 * Shares for ten hours or until it is killed: arguments data directory, torrent, folder. Prints its port, and then, twice a second,
 * {@code milliseconds uploaded used}: bytes of this torrent, and all of today.
 */
final class SeedLoop {
    static final SeedGoal TEN_HOURS = new SeedGoal(-1, 600, -1, SeedGoal.Then.STOP);

    private SeedLoop() { }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        Engine engine = Engine.start(EngineOptions.in(Path.of(arguments[0])).withDht(false));
        Settings settings = engine.settings();
        // or this computer would not count
        TestEngines.done(engine.changeSettings(settings.withBandwidth(settings.bandwidth().withLimitLocal(true))));
        InfoHash hash = TestEngines.done(engine.add(AddRequest.seed(Path.of(arguments[1]), Path.of(arguments[2])).withGoal(TEN_HOURS)));
        TestEngines.awaitState(engine, hash, TorrentState.SEEDING);
        out.println(engine.snapshot().port().port());
        engine.onSnapshot(snapshot -> out.println(System.currentTimeMillis() + " "
                + snapshot.find(hash).map(TorrentSnapshot::uploadedBytes).orElse(0L) + " " + snapshot.bandwidth().dayBytes()));
        System.in.read(); // until it is killed
    }
}
