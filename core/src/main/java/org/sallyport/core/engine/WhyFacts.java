package org.sallyport.core.engine;

import java.util.Optional;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.storage.StorageException;
import org.sallyport.core.swarm.SwarmStanding;

/**
 * What is known of a torrent that may not be getting on.
 *
 * @param trouble     its sentence says what to do, too; empty if there is none @param troubleKind of that trouble
 * @param ahead       torrents before it in the queue
 * @param checked     0..100
 * @param awaited     the network interface that is away; empty if none is
 * @param downRate    payload bytes per second @param limit its own, 0 for none @param slowBelow what counts as slow
 * @param allRate     of all torrents together; their limit is in {@code bandwidth}
 * @param trustedOnly it is for paired devices alone
 * @param otherWays   peers may be found without trackers: the DHT, or a web server has the files
 * @param peers       empty while it has no connections
 * @param blocked     addresses the blocklist kept out @param obfuscation the settings require it of every peer
 */
record WhyFacts(
        TorrentState state, String trouble, StorageException.Kind troubleKind, int ahead, int checked, String awaited, BandwidthState bandwidth,
        long downRate, long limit, long allRate, long slowBelow, boolean trustedOnly, boolean otherWays, Optional<SwarmStanding> peers,
        Trackers trackers,
        PortState.Kind door, int blocked, boolean obfuscation) {

    /**
     * @param count   those it has @param answering of them
     * @param asking  no answer yet
     * @param refusal what one that said no said, @param failure likewise of one that could not be reached; empty if there is none
     */
    record Trackers(int count, int answering, int asking, String refusal, String failure) {
        static final Trackers NONE = new Trackers(0, 0, 0, "", "");
    }
}
