package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** A stretch of blocks without a gap that a web server was asked for, and how far it has come. Network thread only. */
final class WebRun {
    private final List<Slot> slots;
    private final long from;
    private final long to;
    private int next;
    private int filled;
    private Optional<ByteBuffer> place = Optional.empty();

    /** One block of a piece. */
    record Slot(ActivePiece piece, int block) {
        int bytes() {
            return piece.blockBytes(block);
        }
    }

    /** @param from where the first block begins in the content of the torrent */
    WebRun(List<Slot> slots, long from) {
        this.slots = slots;
        this.from = from;
        this.to = from + slots.stream().mapToLong(Slot::bytes).sum();
    }

    long from() {
        return from;
    }

    long to() {
        return to;
    }

    /** Whether any block that has not come is still of use. */
    boolean wanted() {
        return next == slots.size() || place.isPresent() || slots.subList(next, slots.size()).stream().anyMatch(slot -> !slot.piece().dead());
    }

    void pour(ByteBuffer bytes, Fetcher fetcher, ActivePiece.Source sender) {
        while (bytes.hasRemaining() && next < slots.size()) {
            Slot slot = slots.get(next);
            if (filled == 0) {
                place = slot.piece().arrives(slot.block());
            }
            if (slot.piece().dead()) {
                place = Optional.empty(); // its memory is somebody else's by now
            }
            int count = Math.min(bytes.remaining(), slot.bytes() - filled);
            ByteBuffer chunk = bytes.slice(bytes.position(), count);
            place.ifPresent(target -> target.put(chunk));
            bytes.position(bytes.position() + count);
            filled += count;
            if (filled == slot.bytes()) {
                boolean kept = place.isPresent();
                place = Optional.empty();
                filled = 0;
                next++;
                if (kept) {
                    fetcher.here(slot.piece(), slot.block(), sender);
                }
            }
        }
    }

    /** What has not come is asked of others. */
    void giveBack(Fetcher fetcher, ActivePiece.Source sender) {
        int at = next;
        next = slots.size();
        if (filled > 0) {
            Slot cut = slots.get(at++);
            if (place.isPresent()) {
                fetcher.pieces().cutOff(cut.piece(), cut.block());
            }
            place = Optional.empty();
        }
        for (Slot slot : slots.subList(at, slots.size())) {
            fetcher.pieces().takeBack(slot.piece(), slot.block());
        }
        fetcher.pieces().disown(sender);
    }
}
