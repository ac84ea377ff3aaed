package org.sallyport.core.engine;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.metainfo.MetainfoReader;
import org.sallyport.core.metainfo.Signing;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PublisherSnapshot;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.model.TorrentPreview;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.screening.AuthorCheck;
import org.sallyport.core.screening.FileNames;
import org.sallyport.core.trust.Publisher;
import org.sallyport.core.trust.PublisherBook;
import org.sallyport.core.trust.PublisherFile;
import org.sallyport.core.trust.PublisherFile.Introduction;
import org.sallyport.core.trust.PublisherKey;
import org.sallyport.core.trust.PublisherSigner;
import org.sallyport.core.trust.TrustException;

/** The commands about publishers. They run on the command thread, which alone changes the book. */
final class PublisherDesk implements Publishers {
    private static final int MAX_FILE = 64 << 10;

    private final Path dataDirectory;
    private final PublisherBook book;
    private final CommandThread commands;
    private final EventLog events;
    private final Clock clock;
    private final ExecutorService threads;
    private final SourceReader sources;

    /** @param dataDirectory to which the book belongs @param threads on which keys may be made */
    PublisherDesk(Path dataDirectory, Services services, CommandThread commands, ExecutorService threads, SourceReader sources) {
        this.dataDirectory = dataDirectory;
        this.book = services.origins().book();
        this.commands = commands;
        this.events = services.events();
        this.clock = services.clock();
        this.threads = threads;
        this.sources = sources;
    }

    /** Something done to the book. */
    private interface Change<T> {
        T make() throws RefusedException, TrustException, PersistException, IOException;
    }

    private <T> CompletableFuture<Outcome<T>> change(Change<T> change) {
        return commands.run(() -> {
            try {
                DataDirectory.makeKeyFolderOf(dataDirectory);
                return Outcome.done(change.make());
            } catch (TrustException | PersistException e) {
                return Outcome.failed("The list of publishers could not be changed: " + e.getMessage());
            }
        });
    }

    @Override
    public CompletableFuture<Outcome<List<PublisherSnapshot>>> list() {
        return commands.run(() -> {
            book.reload();
            if (book.tampered().isPresent()) {
                return Outcome.refused(book.tampered().get());
            }
            return Outcome.done(book.publishers().stream().map(PublisherDesk::snapshot).toList());
        });
    }

    private static PublisherSnapshot snapshot(Publisher publisher) {
        return new PublisherSnapshot(publisher.id(), publisher.name(), publisher.key().fingerprint(),
                publisher.key().isEd25519() ? PublisherSnapshot.Key.ED25519 : PublisherSnapshot.Key.RSA, publisher.addedAt(), publisher.own());
    }

    @Override
    public CompletableFuture<Outcome<PublisherSnapshot>> create(String name, String id, PublisherSnapshot.Key key) {
        String checkedId = id.isBlank() ? idOf(name) : id.strip();
        PublisherBook.KeyKind kind = switch (key) {
            case RSA -> PublisherBook.KeyKind.RSA;
            case ED25519 -> PublisherBook.KeyKind.ED25519;
        };
        return this.<Boolean>change(() -> {
            book.requireFree(checkedId, name);
            return true;
        }).thenCompose(free -> free.then(yes -> commands.run(threads, () -> Outcome.done(PublisherBook.NewKey.make(kind)))))
                .thenCompose(made -> made.then(fresh -> change(() ->
                        told("publisher.created", "You can sign torrents as", book.create(checkedId, name, fresh)))));
    }

    /** "Example Press" becomes "example-press"; refused by the book if nothing is left. */
    private static String idOf(String name) {
        String id = name.strip().toLowerCase(Locale.ROOT).replaceAll("\\s+", "-").replaceAll("[^a-z0-9._+@:-]", "").replaceAll("^[^a-z0-9]+", "");
        return id.substring(0, Math.min(64, id.length()));
    }

    @Override
    public CompletableFuture<Outcome<PublisherSnapshot>> add(Path file, String name) {
        return change(() -> {
            Introduction somebody = introduction(file);
            return told("publisher.added", "From now on you know", add(somebody.id(), somebody.key(), name, somebody.suggestedName()));
        });
    }

    private Publisher add(String id, PublisherKey key, String name, String suggested) throws RefusedException, TrustException, PersistException {
        String called = name.isBlank() ? suggested.substring(0, Math.min(40, suggested.length())) : name;
        try {
            return book.add(id, key, called);
        } catch (IllegalArgumentException e) {
            throw new RefusedException("publisher.id", "Its id has characters that are not allowed there, so it cannot be added.");
        }
    }

    private Introduction introduction(Path file) throws IOException, RefusedException {
        byte[] content;
        try (InputStream in = Files.newInputStream(file)) {
            content = in.readNBytes(MAX_FILE + 1);
        }
        if (content.length > 0 && content[0] == 'd') {
            return signer(MetainfoReader.read(file));
        }
        try {
            if (content.length <= MAX_FILE) {
                return PublisherFile.read(content);
            }
        } catch (TrustException e) {
            throw notOne();
        }
        throw notOne();
    }

    private static RefusedException notOne() {
        return new RefusedException("publisher.file", "Nobody's key can be read in this file. Give a certificate (PEM or DER), a public key of "
                + "minisign, or a signed .torrent.");
    }

    private Introduction signer(Metainfo metainfo) throws RefusedException {
        Authorship author = AuthorCheck.of(metainfo.signatures(), book.publishers(), clock.instant());
        PublisherKey key = AuthorCheck.keyOf(metainfo.signatures(), book.publishers(), clock.instant())
                .orElseThrow(() -> new RefusedException("publisher.no-author", author.sentence() + " So there is nobody to remember."));
        return new Introduction(author.id(), key, author.id());
    }

    @Override
    public CompletableFuture<Outcome<PublisherSnapshot>> remember(AddSource source, Authorship seen, String name) {
        return sources.read(source).thenCompose(read -> read.then(metainfo -> change(() -> {
            book.reload();
            Introduction signer = signer(metainfo);
            if (!signer.id().equals(seen.id()) || !signer.key().fingerprint().equals(seen.fingerprint())) {
                throw new RefusedException("publisher.other-author", "This torrent is signed by somebody else by now, so nobody was "
                        + "remembered. Look at it again.");
            }
            return told("publisher.added", "From now on you know", add(signer.id(), signer.key(), name, signer.suggestedName()));
        })));
    }

    @Override
    public CompletableFuture<Outcome<PublisherSnapshot>> remove(String id) {
        return change(() -> told("publisher.removed", "You no longer know", book.remove(id)));
    }

    private PublisherSnapshot told(String event, String sentence, Publisher publisher) {
        events.tell(Severity.INFO, event, sentence + " " + publisher.name() + ".",
                Map.of("publisher", publisher.id(), "fingerprint", publisher.key().fingerprint()));
        return snapshot(publisher);
    }

    @Override
    public CompletableFuture<Outcome<Path>> export(String id, Path file) {
        return change(() -> {
            book.reload();
            byte[] content = book.introduction(id);
            try {
                return Files.write(file.toAbsolutePath().normalize(), content, StandardOpenOption.CREATE_NEW);
            } catch (FileAlreadyExistsException e) {
                throw new RefusedException("export.exists", "\"" + file.getFileName()
                        + "\" is there already and is not replaced. Choose another name.");
            }
        });
    }

    @Override
    public CompletableFuture<Outcome<Boolean>> startOver() {
        return change(() -> {
            book.startOver();
            events.tell(Severity.INFO, "publisher.reset", "The list of publishers was started over.", Map.of());
            return true;
        });
    }

    /** What a torrent says of itself, and who made it by the present book. Any thread but the network's. */
    TorrentPreview withAuthor(Metainfo metainfo) {
        book.reload();
        return FileNames.preview(metainfo).withAuthor(AuthorCheck.of(metainfo.signatures(), book.publishers(), clock.instant()));
    }

    /** How to sign as this publisher, given by its id or name. @throws RefusedException {@code publisher.not-own}, {@code publisher.tampered} */
    Signing signing(String publisher, Instant expires) throws RefusedException {
        book.reload();
        String id = book.publishers().stream().filter(Publisher::own).filter(own -> own.name().equals(publisher)).map(Publisher::id)
                .findFirst().orElse(publisher);
        try {
            PublisherSigner signer = book.signer(id);
            return new Signing(signer.id(), signer.certificate(), signer.ed25519Key(), expires, signer::sign);
        } catch (TrustException e) {
            throw new RefusedException("publisher.not-own", "The key of \"" + id + "\" cannot be read, so nothing was signed: " + e.getMessage());
        }
    }
}
