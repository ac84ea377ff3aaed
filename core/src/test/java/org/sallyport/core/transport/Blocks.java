package org.sallyport.core.transport;

import java.nio.ByteBuffer;
import org.sallyport.core.wire.FrameEncoder;

/** Blocks to send, from a buffer that holds nothing else. */
final class Blocks {
    private Blocks() { }

    static void send(PeerLink link, int piece, int begin, ByteBuffer data, int[] lengths, Runnable written) {
        ByteBuffer spaced = ByteBuffer.allocateDirect(data.remaining() + lengths.length * FrameEncoder.PIECE_HEAD);
        int from = data.position();
        for (int length : lengths) {
            spaced.position(spaced.position() + FrameEncoder.PIECE_HEAD).put(data.slice(from, length));
            from += length;
        }
        link.blocks(piece, begin, spaced.flip(), lengths, bytes -> { }, written);
    }
}
