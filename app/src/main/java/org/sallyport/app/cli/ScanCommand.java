package org.sallyport.app.cli;

import java.nio.file.Path;
import java.time.Duration;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.app.wiring.Output;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.Findings;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "scan", description = {
    "Looks at a file as at one that was downloaded: its name, what it really is, and the virus scanner. Nothing is moved.",
    "Exit codes: 0 clean, 3 infected or suspicious, 1 not scanned."})
final class ScanCommand implements ForegroundCommand {
    /** Screening gives up sooner. */
    private static final Duration PATIENCE = Duration.ofMinutes(35);

    @Parameters(paramLabel = "FILE")
    private Path file = Path.of("");

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        Output out = invocation.terminal();
        try (ScratchEngine scratch = ScratchEngine.start(invocation)) {
            Engine engine = scratch.engine();
            Settings saved = Engine.savedSettings(invocation.dataDirectory());
            CommandContext.await(engine.changeSettings(engine.settings().withScreening(saved.screening())), Duration.ofSeconds(30));
            Outcome<Findings> outcome = CommandContext.await(engine.quarantine().scan(invocation.cwd().resolve(file)), PATIENCE);
            int exit = new Answers(out, invocation.json()).report(outcome, findings -> tell(invocation, findings));
            return outcome instanceof Outcome.Done<Findings> done ? exitOf(done.value()) : exit;
        }
    }

    private void tell(Invocation invocation, Findings findings) {
        if (invocation.json()) {
            invocation.terminal().out(Json.write(Json.object("path", file.toString(), "findings", QuarantineCommand.findings(findings))));
        } else {
            String reason = findings.verdict().reason();
            invocation.terminal().out(file + ": " + Words.plain(findings.verdict().kind()) + (reason.isEmpty() ? "" : ". " + reason));
        }
    }

    private static int exitOf(Findings findings) {
        return switch (findings.verdict().kind()) {
            case CLEAN -> Exit.DONE;
            case INFECTED, SUSPICIOUS -> Exit.REFUSED;
            case NOT_SCANNED -> Exit.FAILED;
        };
    }
}
