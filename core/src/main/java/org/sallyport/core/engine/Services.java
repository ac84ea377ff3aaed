package org.sallyport.core.engine;

import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.sallyport.core.discovery.TrackerClient;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.policy.PolicyEngine;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.storage.StorageContext;
import org.sallyport.core.swarm.BanList;
import org.sallyport.core.transport.DatagramPort;
import org.sallyport.core.transport.Limiter;
import org.sallyport.core.transport.PeerPort;

/**
 * What every torrent of the library works with.
 *
 * @param loop        the network thread
 * @param dht         finds peers without trackers; network thread only
 * @param limiter     network thread only
 * @param bandwidth   what may be sent and received now, and whether everything is stopped
 * @param bans        network thread only
 * @param trackerPool where tracker HTTP blocks
 * @param screening   looks at files before they are handed over
 * @param origins     who made what, and where it came from
 * @param places      from which may be shared
 * @param peerId      ours in this run, 20 bytes
 * @param listenPort  where we listen now; 0 in receive-only
 */
record Services(
        ScheduledExecutorService loop, PeerPort port, Limiter limiter, BandwidthWatch bandwidth, DatagramPort datagrams, DhtDesk dht,
        StorageContext disk, Journal journal, EventLog events,
        PolicyEngine policy, Supplier<Settings> settings, BanList bans, TrackerClient trackers, ExecutorService trackerPool, WebServers webServers,
        ScreeningDesk screening, Origins origins, TrustCircle trust, SharePlaces places, Surroundings surroundings, Clock clock, Bytes peerId,
        Supplier<Integer> listenPort) { }
