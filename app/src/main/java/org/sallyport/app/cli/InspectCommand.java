package org.sallyport.app.cli;

import java.time.Duration;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "inspect", description = "What is in a .torrent file and what we think of it; exit code 3 with the reason if it would be refused.")
final class InspectCommand implements ForegroundCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Parameters(paramLabel = "FILE", description = "a .torrent file")
    private String torrent = "";

    @Override
    public int run(Invocation invocation) throws CommandFailedException {
        Answers answers = new Answers(invocation.terminal(), invocation.json());
        try (ScratchEngine scratch = ScratchEngine.start()) {
            Outcome<TorrentPreview> preview =
                    CommandContext.await(scratch.engine().inspect(TorrentSource.file(torrent, invocation.cwd())), PATIENCE);
            return answers.report(preview, p -> {
                if (invocation.json()) {
                    invocation.terminal().out(Json.write(JsonShapes.preview(p)));
                } else {
                    PreviewText.print(p, invocation.terminal()::out);
                }
            });
        } catch (RefusedException e) {
            return answers.refuse(e.refusal());
        }
    }
}
