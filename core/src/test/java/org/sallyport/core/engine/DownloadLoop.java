package org.sallyport.core.engine;

import java.io.PrintStream;
import java.nio.file.Path;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.settings.Settings;

/** Downloads in order until it is killed: arguments data directory, torrent, folder. Prints {@code milliseconds pieces} twice a second. */
final class DownloadLoop {
    private DownloadLoop() { }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        Engine engine = Engine.start(EngineOptions.in(Path.of(arguments[0])).withDht(false));
        TestEngines.done(engine.changeSettings(engine.settings().withTrackers(new Settings.Trackers(true))));
        InfoHash hash = TestEngines.done(engine.add(AddRequest.download(Path.of(arguments[1]), Path.of(arguments[2])).withSequential(true)));
        engine.onSnapshot(snapshot -> engine.details(hash).thenAccept(details ->
                details.ifPresent(d -> out.println(System.currentTimeMillis() + " " + d.pieces().verifiedCount()))));
        System.in.read(); // until it is killed
    }
}
