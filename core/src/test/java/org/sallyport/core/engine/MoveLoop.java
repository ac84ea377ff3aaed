package org.sallyport.core.engine;

import java.io.PrintStream;
import java.nio.file.Path;
import org.sallyport.core.model.InfoHash;

/** Moves a torrent to and fro until it is killed: arguments data directory, hash, two folders. Prints a line before each move. */
final class MoveLoop {
    private MoveLoop() { }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        Engine engine = Engine.start(EngineOptions.in(Path.of(arguments[0])).withDht(false).withPort(0));
        InfoHash hash = new InfoHash(arguments[1]);
        for (int turn = 1; ; turn++) {
            out.println("moving " + turn);
            TestEngines.done(engine.torrents().move(hash, Path.of(arguments[2 + turn % 2])));
        }
    }
}
