package org.sallyport.core.model;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The whole engine at one moment; made twice a second, the latest wins.
 *
 * @param downRate      payload bytes per second over all torrents; @param upRate likewise
 * @param diskFreeBytes free space where downloads go by default, −1 when unknown
 * @param quit          whether the program ends by itself
 * @param devices       this device and those it trusts
 * @param shares        what others can get from this computer
 * @param bandwidth     what may be sent and received now
 * @param quarantine    files that are held, and the antivirus program
 */
public record EngineSnapshot(
        Instant at, List<TorrentSnapshot> torrents, long downRate, long upRate,
        PortState port, long diskFreeBytes, int connections, QuitState quit, DevicesState devices, SharesState shares, BandwidthState bandwidth,
        DhtState dht, QuarantineState quarantine) {
    public EngineSnapshot {
        torrents = List.copyOf(torrents);
    }

    /** One of an engine that stays open. */
    public EngineSnapshot(Instant at, List<TorrentSnapshot> torrents, long downRate, long upRate, PortState port, long diskFreeBytes,
            int connections) {
        this(at, torrents, downRate, upRate, port, diskFreeBytes, connections, QuitState.NONE, DevicesState.NONE, SharesState.NONE,
                BandwidthState.FREE, DhtState.OFF, QuarantineState.NONE);
    }

    public Optional<TorrentSnapshot> find(InfoHash hash) {
        return torrents.stream().filter(t -> t.hash().equals(hash)).findFirst();
    }
}
