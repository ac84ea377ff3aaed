package org.sallyport.app.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

@Command(
        name = "sallyport",
        synopsisHeading = "",
        customSynopsis = {
            "sallyport                  open the window, or bring the running one to the front",
            "sallyport FILE|MAGNET...   the same, and open the Add dialog with it",
            "sallyport [--data DIR] [--json] COMMAND ..."},
        description = "%nA BitTorrent client with exactly one door.%n",
        optionListHeading = "Options:%n",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, 2 usage, 3 refused (rule and reason are printed), 4 timed out, 5 no running instance.",
            "JVM options are taken from the environment variable SALLYPORT_OPTS."})
final class RootCommand {
    @Option(names = "--data", paramLabel = "DIR", description = "data directory (default: the platform's place)")
    private @Nullable Path data;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "one JSON object per line on stdout")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, scope = ScopeType.INHERIT, description = "show this help")
    private boolean help;

    Optional<Path> data() {
        return Optional.ofNullable(data);
    }

    boolean json() {
        return json;
    }
}
