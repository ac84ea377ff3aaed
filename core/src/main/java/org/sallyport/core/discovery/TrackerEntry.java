package org.sallyport.core.discovery;

import java.time.Duration;
import java.time.Instant;
import org.sallyport.core.model.TrackerSnapshot;
import org.sallyport.core.model.TrackerSnapshot.Status;

/** What we know of one tracker of one torrent. Owned by the network loop. */
final class TrackerEntry {
    private final String url;
    private int tier;
    private final boolean usable;
    private Status status;
    private String message;
    private Instant next = Instant.EPOCH;
    private Instant notBefore = Instant.EPOCH;
    private Instant askedAt = Instant.EPOCH;
    private int seeds = -1;
    private int leechers = -1;
    private int downloads = -1;
    private int peersGiven;
    private int failures;
    private String trackerId = "";
    private boolean knowsUs;
    private String refusedBy = "";

    TrackerEntry(String url, int tier) {
        this.url = url;
        this.tier = tier;
        this.usable = url.regionMatches(true, 0, "http://", 0, 7) || url.regionMatches(true, 0, "https://", 0, 8) || UdpTrackerUrl.isUdp(url);
        this.status = usable ? Status.NOT_CONTACTED : Status.REFUSED;
        this.message = usable ? "" : "This kind of tracker is not supported";
    }

    boolean isUdp() {
        return UdpTrackerUrl.isUdp(url);
    }

    String url() {
        return url;
    }

    /** The user put it into another tier. */
    void moveTo(int otherTier) {
        tier = otherTier;
    }

    /** When it was last announced to; {@link Instant#EPOCH} for never. */
    Instant askedAt() {
        return askedAt;
    }

    void askedAt(Instant moment) {
        askedAt = moment;
    }

    /** Of a kind we can ask. */
    boolean usable() {
        return usable;
    }

    String trackerId() {
        return trackerId;
    }

    /** It accepted {@code started} and was not told {@code stopped} since. */
    boolean knowsUs() {
        return knowsUs;
    }

    void knowsUs(boolean value) {
        knowsUs = value;
    }

    /** The earliest moment it may be asked again: its minimum interval, or our back-off. */
    Instant notBefore() {
        return notBefore;
    }

    /** When it is to be asked again; {@link Instant#EPOCH} when nothing is planned. */
    Instant next() {
        return next;
    }

    void next(Instant moment) {
        next = moment;
    }

    void announcing() {
        status = Status.ANNOUNCING;
        next = Instant.EPOCH;
    }

    void answered(AnnounceResponse answer, Instant now) {
        status = Status.WORKING;
        message = answer.warning();
        failures = 0;
        refusedBy = "";
        peersGiven = answer.peers().size();
        counted(new ScrapeResponse(answer.seeds(), answer.leechers(), answer.downloads()));
        trackerId = answer.trackerId().isEmpty() ? trackerId : answer.trackerId();
        notBefore = now.plus(answer.minInterval());
        next = now.plus(answer.interval());
    }

    /** Takes over the numbers that were told. */
    void counted(ScrapeResponse numbers) {
        seeds = numbers.seeds() < 0 ? seeds : numbers.seeds();
        leechers = numbers.leechers() < 0 ? leechers : numbers.leechers();
        downloads = numbers.downloads() < 0 ? downloads : numbers.downloads();
    }

    /** One more failure. @return how many there were in a row */
    int failed(String sentence, boolean refused) {
        status = refused ? Status.REFUSED : Status.FAILED;
        message = sentence;
        peersGiven = 0;
        return ++failures;
    }

    void leaveAlone(Duration pause, Instant now) {
        notBefore = now.plus(pause);
        next = notBefore;
    }

    /** Notes the rule that refused it; true when that is news and not the same refusal at the next attempt. */
    boolean newlyRefusedBy(String rule) {
        boolean news = !refusedBy.equals(rule);
        refusedBy = rule;
        return news;
    }

    /** What kept it from answering may be over: it may be asked at once if it did not answer. */
    void forgive() {
        if (failures > 0) {
            failures = 0;
            notBefore = Instant.EPOCH;
            next = Instant.EPOCH;
        }
    }

    /** As before the first announce; the numbers it gave stay. */
    void stopped() {
        next = Instant.EPOCH;
        notBefore = Instant.EPOCH;
        failures = 0;
        if (status == Status.ANNOUNCING || status == Status.WORKING) {
            status = Status.NOT_CONTACTED;
            message = "";
        }
    }

    TrackerSnapshot snapshot() {
        return new TrackerSnapshot(url, tier, status, message, next, seeds, leechers, downloads, peersGiven);
    }
}
