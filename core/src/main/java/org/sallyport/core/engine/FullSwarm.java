package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.Optional;
import java.util.function.IntFunction;
import org.sallyport.core.policy.PolicyRequest;

/** A torrent all of whose places are taken when somebody calls. Network thread only. */
final class FullSwarm {

    private FullSwarm() { }

    /**
     * How many connections the torrent has besides the newcomer's. Where that is all it may have, a connection that the newcomer comes before
     * (BEP 40) ends, if nothing else is against the newcomer.
     *
     * @param request to admit it, for a number of connections
     */
    static int connectionsBeside(Optional<Session> session, Services services, InetAddress newcomer, IntFunction<PolicyRequest> request) {
        int connected = session.map(running -> running.swarm().connectedPeers()).orElse(0);
        boolean full = connected > 0 && connected >= services.settings().get().limits().connectionsPerTorrent();
        boolean room = full && services.policy().decide(request.apply(connected - 1)).allowed()
                && session.filter(running -> running.swarm().makeRoomFor(newcomer)).isPresent();
        return room ? connected - 1 : connected;
    }
}
