package org.sallyport.core.engine;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.DeviceMessage.Item;
import org.sallyport.core.wire.WireViolation;

/**
 * What we asked one device and it has not answered yet, part by part: the next part is asked for when the one before is here. Futures are
 * completed on the network thread, and cancelled when the connection ends. Network thread only.
 */
final class DeviceQuestions {
    /** Without a part of the answer. */
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(10);
    private static final int MAX_OPEN = 16;
    /** Of metainfo in one part that is not the last: in single bytes it would keep both sides busy for hours. */
    private static final int MIN_PART = 16 << 10;
    private static final String SLOW = "The device did not answer in time. Try again.";
    private static final String MANY = "Too much is asked of this device at once. Wait a moment, and try again.";

    private final DeviceTalk talk;
    private final Map<InfoHash, Fetch> fetches = new HashMap<>();
    private final Map<Integer, Ask> asks = new HashMap<>();
    private int lastNumber;

    /** An info dictionary that comes in parts. It grows with what came, not with what was announced. */
    private static final class Fetch {
        final CompletableFuture<Outcome<byte[]>> whole = new CompletableFuture<>();
        final ByteArrayOutputStream parts = new ByteArrayOutputStream();
        int total = -1;
        long askedNanos = System.nanoTime();
    }

    private static final class Ask {
        final CompletableFuture<Outcome<List<Item>>> whole = new CompletableFuture<>();
        final List<Item> items = new ArrayList<>();
        final String search;
        long askedNanos = System.nanoTime();

        Ask(String search) {
            this.search = search;
        }
    }

    DeviceQuestions(DeviceTalk talk) {
        this.talk = talk;
    }

    /** The info dictionary of a torrent, as the device gives it: whether it is the right one is not looked at. */
    CompletableFuture<Outcome<byte[]>> metainfo(InfoHash hash) {
        Fetch known = fetches.get(hash);
        if (known != null) {
            return known.whole;
        }
        if (fetches.size() >= MAX_OPEN) {
            return CompletableFuture.completedFuture(Outcome.failed(MANY));
        }
        Fetch fetch = new Fetch();
        fetches.put(hash, fetch);
        talk.send(new DeviceMessage.GetMetainfo(hash, 0));
        return fetch.whole;
    }

    /** What the device shares with us. @param search part of a name, at most {@value DeviceMessage#MAX_SEARCH} characters */
    CompletableFuture<Outcome<List<Item>>> catalogue(String search) {
        if (asks.size() >= MAX_OPEN) {
            return CompletableFuture.completedFuture(Outcome.failed(MANY));
        }
        Ask ask = new Ask(search);
        asks.put(++lastNumber, ask);
        talk.send(new DeviceMessage.AskCatalogue(lastNumber, search, 0));
        return ask.whole;
    }

    /** Takes a message if it answers something. */
    boolean answered(DeviceMessage message) throws WireViolation {
        return switch (message.kind()) {
            case METAINFO -> part((DeviceMessage.Metainfo) message);
            case CATALOGUE -> part((DeviceMessage.Catalogue) message);
            case HELLO, OFFER, ANSWER, ASK_CATALOGUE, GET_METAINFO, BYE -> false;
        };
    }

    private boolean part(DeviceMessage.Metainfo part) throws WireViolation {
        Fetch fetch = fetches.get(part.hash());
        if (fetch != null && part.total() == 0) {
            fetches.remove(part.hash());
            fetch.whole.complete(Outcome.failed("The device does not give this any more. Ask its person to share it again."));
            return true;
        }
        if (fetch == null || part.at() != fetch.parts.size()) {
            return false;
        }
        boolean changed = fetch.total >= 0 && fetch.total != part.total();
        if (changed || part.data().length() < Math.min(MIN_PART, part.total() - part.at())) {
            throw new WireViolation("device.metainfo", "sent parts of a torrent's description that do not fit together");
        }
        fetch.total = part.total();
        fetch.parts.writeBytes(part.data().toArray());
        fetch.askedNanos = System.nanoTime();
        if (fetch.parts.size() == fetch.total) {
            fetches.remove(part.hash());
            fetch.whole.complete(Outcome.done(fetch.parts.toByteArray()));
        } else {
            talk.send(new DeviceMessage.GetMetainfo(part.hash(), fetch.parts.size()));
        }
        return true;
    }

    private boolean part(DeviceMessage.Catalogue part) throws WireViolation {
        Ask ask = asks.get(part.number());
        if (ask == null) {
            return false;
        }
        ask.items.addAll(part.items());
        ask.askedNanos = System.nanoTime();
        if (ask.items.size() > DeviceMessage.MAX_CATALOGUE || part.more() && part.items().isEmpty()) {
            throw new WireViolation("device.catalogue", "sent a catalogue that has no end");
        }
        if (part.more() && ask.items.size() < DeviceMessage.MAX_CATALOGUE) {
            talk.send(new DeviceMessage.AskCatalogue(part.number(), ask.search, ask.items.size()));
        } else {
            asks.remove(part.number());
            ask.whole.complete(Outcome.done(List.copyOf(ask.items)));
        }
        return true;
    }

    /** Gives up on what got no part of an answer for too long. */
    void expire(long now) {
        List.copyOf(fetches.entrySet()).stream().filter(entry -> now - entry.getValue().askedNanos > PATIENCE).forEach(entry -> {
            fetches.remove(entry.getKey());
            entry.getValue().whole.complete(Outcome.failed(SLOW));
        });
        List.copyOf(asks.entrySet()).stream().filter(entry -> now - entry.getValue().askedNanos > PATIENCE).forEach(entry -> {
            asks.remove(entry.getKey());
            entry.getValue().whole.complete(Outcome.failed(SLOW));
        });
    }

    /** The connection has ended. */
    void end() {
        List<Fetch> lostFetches = List.copyOf(fetches.values());
        List<Ask> lostAsks = List.copyOf(asks.values());
        fetches.clear();
        asks.clear();
        lostFetches.forEach(fetch -> fetch.whole.cancel(false));
        lostAsks.forEach(ask -> ask.whole.cancel(false));
    }
}
