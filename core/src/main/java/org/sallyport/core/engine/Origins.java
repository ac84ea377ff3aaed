package org.sallyport.core.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sallyport.core.metainfo.Metainfo;
import org.sallyport.core.model.Authorship;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Provenance;
import org.sallyport.core.screening.AuthorCheck;
import org.sallyport.core.trust.Publisher;
import org.sallyport.core.trust.PublisherBook;

/**
 * Where the torrents of the list came from and who made them. Any thread; the network's only where it is said that it does not wait:
 * verifying takes some milliseconds.
 */
final class Origins {
    /** Under which the places are kept. */
    static final String KEY = "origins";
    private static final String TAB = "\t";
    /** What was signed for a time expires. */
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final PublisherBook book;
    private final Clock clock;
    private final Journal journal;
    private final Map<InfoHash, Place> places = new ConcurrentHashMap<>();
    private final Map<InfoHash, Look> looks = new ConcurrentHashMap<>();
    private final Set<InfoHash> verifying = ConcurrentHashMap.newKeySet();

    /** Neither has line ends or tabs in it. */
    private record Place(String device, String url) { }

    private record Look(Metainfo metainfo, List<Publisher> book, Instant at, Authorship author) { }

    /** @param saved what was kept under {@link #KEY} */
    Origins(PublisherBook book, Clock clock, Journal journal, String saved) {
        this.book = book;
        this.clock = clock;
        this.journal = journal;
        saved.lines().map(line -> line.split(TAB, -1)).filter(part -> part.length == 3 && part[0].matches("[0-9a-f]{40}"))
                .forEach(part -> places.put(new InfoHash(part[0]), new Place(part[1], part[2])));
    }

    PublisherBook book() {
        return book;
    }

    Authorship author(Metainfo metainfo) {
        return AuthorCheck.of(metainfo.signatures(), book.publishers(), clock.instant());
    }

    /** Verified again when the book changed, and once a minute. */
    Provenance of(Metainfo metainfo) {
        Look look = looks.get(metainfo.hash());
        if (!isFresh(look, metainfo)) {
            look = new Look(metainfo, book.publishers(), clock.instant(), author(metainfo));
            looks.put(metainfo.hash(), look);
        }
        return from(metainfo.hash(), look.author());
    }

    private Provenance from(InfoHash hash, Authorship author) {
        Place place = places.get(hash);
        return place != null ? new Provenance(author, place.device(), place.url())
                : Objects.equals(author, Authorship.NONE) ? Provenance.UNKNOWN : new Provenance(author, "", "");
    }

    /**
     * Where it came from, and who made it as last verified, nobody until then; does not wait.
     * @param elsewhere where it is verified when that is due
     */
    Provenance seen(Metainfo metainfo, Executor elsewhere) {
        return from(metainfo.hash(), known(metainfo, elsewhere));
    }

    /** Of a link: it says nothing of who made it. */
    Provenance ofLink(InfoHash hash) {
        return from(hash, Authorship.NONE);
    }

    private Authorship known(Metainfo metainfo, Executor elsewhere) {
        if (metainfo.signatures().all().isEmpty() && metainfo.signatures().broken().isEmpty()) {
            return Authorship.NONE;
        }
        Look look = looks.get(metainfo.hash());
        if (!isFresh(look, metainfo) && verifying.add(metainfo.hash())) {
            try {
                CompletableFuture.runAsync(() -> of(metainfo), elsewhere).whenComplete((done, failure) -> verifying.remove(metainfo.hash()));
            } catch (RejectedExecutionException e) {
                verifying.remove(metainfo.hash()); // the program ends
            }
        }
        return look == null ? Authorship.NONE : look.author();
    }

    private boolean isFresh(@Nullable Look look, Metainfo metainfo) {
        return look != null && look.metainfo() == metainfo && look.book() == book.publishers() && !look.at().plus(FRESH).isBefore(clock.instant());
    }

    /** It was sent by this device. */
    void fromDevice(InfoHash hash, String device) {
        keep(hash, new Place(device, ""));
    }

    /** Its .torrent was fetched from there. */
    void fromWeb(InfoHash hash, String url) {
        keep(hash, new Place("", url));
    }

    /** Where its .torrent was fetched from; empty if it was not. Any thread. */
    String url(InfoHash hash) {
        return Optional.ofNullable(places.get(hash)).map(Place::url).orElse("");
    }

    void forget(InfoHash hash) {
        looks.remove(hash);
        if (places.remove(hash) != null) {
            save();
        }
    }

    private void keep(InfoHash hash, Place place) {
        places.put(hash, place);
        save();
    }

    private void save() {
        journal.note(KEY, places.entrySet().stream()
                .map(entry -> entry.getKey().hex() + TAB + entry.getValue().device() + TAB + entry.getValue().url())
                .collect(Collectors.joining("\n")));
    }
}
