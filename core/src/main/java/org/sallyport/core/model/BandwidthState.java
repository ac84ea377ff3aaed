package org.sallyport.core.model;

/**
 * What may be sent and received now.
 *
 * @param sentence  what holds and why, such as "Slow until 18:00"; empty when nothing is limited
 * @param downLimit payload bytes per second in force for all torrents together, 0 for none; @param upLimit likewise
 * @param dayBytes  sent and received today, on this computer's clock; @param monthBytes this month
 */
public record BandwidthState(Mode mode, String sentence, long downLimit, long upLimit, long dayBytes, long monthBytes) {
    public static final BandwidthState FREE = new BandwidthState(Mode.RUN, "", 0, 0, 0, 0);

    /** STOP: no torrent has a connection, because the schedule or a data cap says so. */
    public enum Mode { RUN, SLOW, STOP }
}
