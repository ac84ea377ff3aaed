package org.sallyport.ui.feed;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.engine.Publishers;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PublisherSnapshot;

/** Sends what decides whose signatures are believed; every outcome arrives on the FX thread. */
public final class PublisherCommands {
    private final Publishers publishers;
    private final EngineCommands commands;

    PublisherCommands(Publishers publishers, EngineCommands commands) {
        this.publishers = publishers;
        this.commands = commands;
    }

    public CompletableFuture<Outcome<List<PublisherSnapshot>>> list() {
        return commands.onFxThread(publishers.list());
    }

    /** An own one, with an RSA key. */
    public CompletableFuture<Outcome<PublisherSnapshot>> create(String name) {
        return commands.onFxThread(publishers.create(name, "", PublisherSnapshot.Key.RSA));
    }

    public CompletableFuture<Outcome<PublisherSnapshot>> add(Path file) {
        return commands.onFxThread(publishers.add(file, ""));
    }

    /** @param seen what the person agreed to */
    public CompletableFuture<Outcome<PublisherSnapshot>> remember(AddSource source, Authorship seen) {
        return commands.onFxThread(publishers.remember(source, seen, ""));
    }

    public CompletableFuture<Outcome<PublisherSnapshot>> remove(String id) {
        return commands.onFxThread(publishers.remove(id));
    }

    public CompletableFuture<Outcome<Path>> export(String id, Path file) {
        return commands.onFxThread(publishers.export(id, file));
    }

    public CompletableFuture<Outcome<Boolean>> startOver() {
        return commands.onFxThread(publishers.startOver());
    }
}
