package org.sallyport.core.wire;

import java.nio.ByteBuffer;

/** Puts every block into one buffer, and does nothing about the other messages. */
class Placing implements MessageSink {
    private final ByteBuffer place;
    int ended;

    Placing(ByteBuffer place) {
        this.place = place;
    }

    @Override
    public ByteBuffer pieceBegins(int piece, int begin, int length) throws WireViolation {
        return place;
    }

    @Override
    public void pieceEnds() {
        ended++;
    }

    @Override
    public void keepAlive() { }

    @Override
    public void choke() { }

    @Override
    public void unchoke() { }

    @Override
    public void interested() { }

    @Override
    public void notInterested() { }

    @Override
    public void have(int piece) { }

    @Override
    public void bitfield(byte[] bits) { }

    @Override
    public void request(int piece, int begin, int length) { }

    @Override
    public void cancel(int piece, int begin, int length) { }

    @Override
    public void haveAll() { }

    @Override
    public void haveNone() { }

    @Override
    public void reject(int piece, int begin, int length) { }

    @Override
    public void allowedFast(int piece) { }

    @Override
    public void suggest(int piece) { }

    @Override
    public void dhtPort(int port) { }

    @Override
    public void extended(int id, byte[] payload) { }
}
