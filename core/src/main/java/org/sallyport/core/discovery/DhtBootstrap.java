package org.sallyport.core.discovery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.sallyport.core.model.PeerAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes to begin with that the settings name, looked up when nobody else is known. Names are looked up off the network thread. */
final class DhtBootstrap {
    private static final Logger LOG = LoggerFactory.getLogger(DhtBootstrap.class);
    private static final long FIRST_WAIT_MILLIS = 15_000;
    private static final long LONGEST_WAIT_MILLIS = 10 * 60_000;
    private static final int MAX_ADDRESSES_OF_NAME = 4;

    private final NameLookup.Names names;
    private final Executor threads;
    private final Executor loop;
    private long due = Long.MIN_VALUE;
    private long wait = FIRST_WAIT_MILLIS;

    DhtBootstrap(NameLookup.Names names, Executor threads, Executor loop) {
        this.names = names;
        this.threads = threads;
        this.loop = loop;
    }

    /** Somebody is known: the next time begins at once. */
    void reset() {
        due = Long.MIN_VALUE;
        wait = FIRST_WAIT_MILLIS;
    }

    /** @param nodes as in the settings @param each told of every address, on the network thread @return whether it was time for it */
    boolean tick(List<String> nodes, Consumer<PeerAddress> each, long now) {
        if (now < due) {
            return false;
        }
        due = now + wait;
        wait = Math.min(LONGEST_WAIT_MILLIS, wait * 2);
        nodes.forEach(node -> find(node, each));
        return true;
    }

    /** @param node host:port @param each told of what it stands for, on the network thread */
    void find(String node, Consumer<PeerAddress> each) {
        try {
            each.accept(PeerAddress.parse(node));
        } catch (IllegalArgumentException name) {
            lookUp(node, each);
        }
    }

    private void lookUp(String node, Consumer<PeerAddress> each) {
        int colon = node.lastIndexOf(':');
        String host = node.substring(0, Math.max(0, colon));
        int port = Integer.parseInt(node.substring(colon + 1));
        try {
            CompletableFuture.supplyAsync(() -> resolve(host, port), threads).thenAcceptAsync(found -> found.forEach(each), loop);
        } catch (RejectedExecutionException e) {
            LOG.debug("no name is looked up any more", e);
        }
    }

    private List<PeerAddress> resolve(String host, int port) {
        List<PeerAddress> found = new ArrayList<>();
        try {
            for (InetAddress address : names.resolve(host)) {
                if (found.size() < MAX_ADDRESSES_OF_NAME) {
                    found.add(new PeerAddress(address, port));
                }
            }
        } catch (UnknownHostException e) {
            // without the internet this is how it is; it is tried again
            LOG.debug("the node {} is not known now", host, e);
        }
        return found;
    }
}
