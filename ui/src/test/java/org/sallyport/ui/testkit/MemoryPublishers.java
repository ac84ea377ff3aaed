package org.sallyport.ui.testkit;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.sallyport.core.engine.AddSource;
import org.sallyport.core.engine.Publishers;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.PublisherSnapshot.Key;

/** A publisher book in memory. */
public final class MemoryPublishers implements Publishers {
    private final List<PublisherSnapshot> all = new CopyOnWriteArrayList<>();
    private volatile boolean tampered;

    /** Puts one into the book. */
    public MemoryPublishers with(String id, String name, boolean own) {
        all.add(publisher(id, name, own));
        return this;
    }

    public List<PublisherSnapshot> all() {
        return List.copyOf(all);
    }

    /** Somebody has changed the book. */
    public void tamper() {
        tampered = true;
        all.clear();
    }

    private static PublisherSnapshot publisher(String id, String name, boolean own) {
        return new PublisherSnapshot(id, name, String.format("%064x", id.hashCode() & 0xffff_ffffL), own ? Key.RSA : Key.ED25519,
                Instant.parse("2026-01-05T10:00:00Z"), own);
    }

    @Override
    public CompletableFuture<Outcome<List<PublisherSnapshot>>> list() {
        return answer(tampered ? Outcome.refused("publisher.tampered", "The saved list of publishers was changed outside Sallyport.")
                : Outcome.done(all()));
    }

    @Override
    public CompletableFuture<Outcome<PublisherSnapshot>> create(String name, String id, Key key) {
        return added(publisher(id.isEmpty() ? name : id, name, true));
    }

    @Override
    public CompletableFuture<Outcome<PublisherSnapshot>> add(Path file, String name) {
        return added(publisher(String.valueOf(file.getFileName()), name.isEmpty() ? String.valueOf(file.getFileName()) : name, false));
    }

    @Override
    public CompletableFuture<Outcome<PublisherSnapshot>> remember(AddSource source, Authorship seen, String name) {
        return added(publisher(seen.id(), name.isEmpty() ? seen.id() : name, false));
    }

    private CompletableFuture<Outcome<PublisherSnapshot>> added(PublisherSnapshot publisher) {
        if (publisher.name().isBlank()) {
            return answer(Outcome.refused("publisher.name", "Choose another name."));
        }
        all.add(publisher);
        return answer(Outcome.done(publisher));
    }

    @Override
    public CompletableFuture<Outcome<PublisherSnapshot>> remove(String id) {
        PublisherSnapshot gone = all.stream().filter(publisher -> publisher.id().equals(id)).findFirst().orElseThrow();
        all.remove(gone);
        return answer(Outcome.done(gone));
    }

    @Override
    public CompletableFuture<Outcome<Path>> export(String id, Path file) {
        return answer(Outcome.done(file));
    }

    @Override
    public CompletableFuture<Outcome<Boolean>> startOver() {
        tampered = false;
        return answer(Outcome.done(true));
    }

    private static <T> CompletableFuture<Outcome<T>> answer(Outcome<T> outcome) {
        return CompletableFuture.completedFuture(outcome);
    }
}
