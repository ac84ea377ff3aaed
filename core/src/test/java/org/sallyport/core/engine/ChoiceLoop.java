package org.sallyport.core.engine;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.sallyport.core.model.FilePriority;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.QueueMove;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.TorrentOptions;

/**
 * Adds two torrents, chooses something for the first and moves the second up, then waits to be killed: arguments data directory, folder,
 * torrents.
 */
final class ChoiceLoop {
    /** Of which every single one differs from its default. */
    static final TorrentOptions CHOSEN = new TorrentOptions(Map.of(0, FilePriority.HIGH, 1, FilePriority.SKIP), true, true, 10_240, 20_480,
            new SeedGoal(2.5, 60, 30, SeedGoal.Then.REMOVE), true, true, false, false, Set.of("to watch", "Früh"), Intent.VIDEO);

    private ChoiceLoop() { }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        Engine engine = Engine.start(EngineOptions.in(Path.of(arguments[0])).withDht(false));
        InfoHash first = TestEngines.done(engine.add(AddRequest.download(Path.of(arguments[2]), Path.of(arguments[1])).withPaused(true)));
        InfoHash second = TestEngines.done(engine.add(AddRequest.download(Path.of(arguments[3]), Path.of(arguments[1])).withPaused(true)));
        TestEngines.done(engine.torrents().queue(second, QueueMove.UP));
        TestEngines.done(engine.torrents().change(first, options -> CHOSEN));
        engine.events(0, 1).join(); // behind what is to be saved
        out.println("chosen");
        System.in.read(); // until it is killed
    }
}
