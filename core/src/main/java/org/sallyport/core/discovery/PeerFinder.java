package org.sallyport.core.discovery;

import java.util.List;
import java.util.function.Consumer;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;

/** Finds peers of a torrent without a tracker, in the DHT. Network thread only. */
public interface PeerFinder {

    /** A search under way, and again after about 15 minutes, until it is closed. */
    interface Search extends AutoCloseable {
        /** More peers are needed: looks again now, but not within a minute of the last time. */
        void again();

        /** Nothing is found any more. Idempotent. */
        @Override
        void close();
    }

    /**
     * Looks for peers and tells nobody of us. Finds nothing while the DHT is off or has no nodes, and begins when it has.
     *
     * @param hash  of version 1, or a longer one cut to 20 bytes
     * @param found told of up to 100 peers at a time, never none; they have passed no policy yet
     */
    Search find(InfoHash hash, Consumer<List<PeerAddress>> found);

    /** The same, and lets others find us where we listen; in receive-only it just looks. */
    Search join(InfoHash hash, Consumer<List<PeerAddress>> found);
}
