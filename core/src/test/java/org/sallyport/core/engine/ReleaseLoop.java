package org.sallyport.core.engine;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.sallyport.core.model.Verdict.Kind;

/**
 * Takes files out of quarantine until one comes to a certain step, and stands still there to be killed: arguments data directory, step, how
 * many files pass that step first. Prints a line when it is there.
 */
final class ReleaseLoop {
    private ReleaseLoop() { }

    /** The same findings in every process. */
    static ScriptedInspector inspector() {
        ScriptedInspector inspector = new ScriptedInspector();
        for (int file = 0; file < 100; file++) {
            String name = String.format("file%04d", file);
            switch (file % 4) {
                case 1 -> inspector.finds(name, Kind.INFECTED, "Test-Malware");
                case 2 -> inspector.finds(name, Kind.NOT_SCANNED, "It is encrypted.");
                case 3 -> inspector.finds(name, Kind.SUSPICIOUS, "It is not what it says.");
                default -> { }
            }
        }
        return inspector;
    }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        ReleaseStep last = ReleaseStep.valueOf(arguments[1]);
        CountDownLatch passes = new CountDownLatch(Integer.parseInt(arguments[2]));
        CountDownLatch never = new CountDownLatch(1);
        ReleaseStep.Listener steps = step -> {
            if (step != last) {
                return;
            }
            if (passes.getCount() > 0) {
                passes.countDown();
                return;
            }
            out.println("at " + step);
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        };
        ScreeningWays ways = new ScreeningWays(usual -> inspector(), steps, Duration.ofMinutes(1), Duration.ofMinutes(1));
        StartUp.start(EngineOptions.in(Path.of(arguments[0])).withPort(0).withDht(false), Surroundings.ofUser().withScreening(ways));
        out.println("started");
        never.await();
    }
}
