package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PublisherSnapshot;

/**
 * The publishers whose signatures are believed, and those in whose name torrents can be signed here. Any thread. Changes are refused with
 * {@code publisher.tampered} when the list is not the one that was saved, until {@link #startOver}.
 */
public interface Publishers {

    /** All of them, own ones first. Refused {@code publisher.tampered}. */
    CompletableFuture<Outcome<List<PublisherSnapshot>>> list();

    /**
     * Makes a key to sign torrents with; takes a moment.
     *
     * @param name what people call it @param id what it is called in torrents; empty to make one of the name
     */
    CompletableFuture<Outcome<PublisherSnapshot>> create(String name, String id, PublisherSnapshot.Key key);

    /**
     * Believes somebody from now on, whose key is in {@code file}: an X.509 certificate, a public key that was exported here, a minisign
     * public key, or a signed .torrent.
     *
     * @param name what to call it; empty for what it calls itself
     */
    CompletableFuture<Outcome<PublisherSnapshot>> add(Path file, String name);

    /**
     * Believes the signer of a torrent from now on.
     *
     * @param seen what a person saw and agreed to; refused {@code publisher.other-author} if the torrent is signed by anybody else
     * @param name what to call it; empty for what it calls itself
     */
    CompletableFuture<Outcome<PublisherSnapshot>> remember(AddSource source, Authorship seen, String name);

    /** Forgets it; one of our own with its key, for good. */
    CompletableFuture<Outcome<PublisherSnapshot>> remove(String id);

    /** Writes its certificate or public key, for others to add. Never replaces a file, never holds a private key. */
    CompletableFuture<Outcome<Path>> export(String id, Path file);

    /** Forgets all but our own; after {@code publisher.tampered}. */
    CompletableFuture<Outcome<Boolean>> startOver();
}
