package org.sallyport.app.cli;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.engine.Torrents;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "rename", description = "Gives a torrent another name in the list, or with --path one of its files or folders another one on disk.")
final class RenameCommand implements LibraryCommand {
    @Mixin
    private HashArgument torrent = new HashArgument();

    @Parameters(index = "1", paramLabel = "NAME", description = "the new name; '' gives the list the torrent's own again")
    private String name = "";

    @Option(names = "--path", paramLabel = "PATH", description = "the file or folder, as 'sallyport files' shows it, with / between names")
    private @Nullable String path;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        InfoHash hash = torrent.in(context.engine().snapshot());
        Torrents torrents = context.engine().torrents();
        CompletableFuture<Outcome<InfoHash>> renamed = path == null ? torrents.rename(hash, name) : torrents.renamePath(hash, path, name);
        return context.report(renamed, done -> context.acknowledge("Renamed", done));
    }
}
