package org.sallyport.core.swarm;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Asks web servers for a swarm. Network thread only; the work is done elsewhere. */
public interface WebCalls {

    /** Calls {@code listener} until it is done or has failed, or the call is cancelled. */
    Call ask(Request request, Listener listener);

    /**
     * @param address of a file, or of a piece as a whole
     * @param from    first byte of the file; @param length at least 1
     * @param ranged  only those bytes of it (BEP 19), else all there is (BEP 17)
     */
    record Request(String address, long from, long length, boolean ranged) { }

    /** One question under way. */
    interface Call {
        /** Nothing is heard of it any more. */
        void cancel();
    }

    /** Hears of one question. */
    interface Listener {
        /** The next bytes, in order; valid during the call only. */
        void data(ByteBuffer bytes);

        /** All is here. */
        void done();

        void failed(Failure failure);
    }

    /** @param pause zero: as long as seems right @param forGood it is not asked again in this run @param sentence for a person */
    record Failure(Duration pause, boolean forGood, String sentence) { }
}
