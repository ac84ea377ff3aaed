package org.sallyport.core.wire;

/** Does nothing about messages: for whoever waits for a few of them only. Called like any {@link MessageSink}. */
public interface QuietSink extends MessageSink {
    @Override
    default void keepAlive() { }

    @Override
    default void choke() throws WireViolation { }

    @Override
    default void unchoke() throws WireViolation { }

    @Override
    default void interested() throws WireViolation { }

    @Override
    default void notInterested() throws WireViolation { }

    @Override
    default void have(int piece) throws WireViolation { }

    @Override
    default void bitfield(byte[] bits) throws WireViolation { }

    @Override
    default void request(int piece, int begin, int length) throws WireViolation { }

    @Override
    default void cancel(int piece, int begin, int length) throws WireViolation { }

    @Override
    default void haveAll() throws WireViolation { }

    @Override
    default void haveNone() throws WireViolation { }

    @Override
    default void reject(int piece, int begin, int length) throws WireViolation { }

    @Override
    default void allowedFast(int piece) throws WireViolation { }

    @Override
    default void suggest(int piece) throws WireViolation { }

    @Override
    default void dhtPort(int port) throws WireViolation { }

    @Override
    default void extended(int id, byte[] payload) throws WireViolation { }

    @Override
    default void pieceEnds() throws WireViolation { }
}
