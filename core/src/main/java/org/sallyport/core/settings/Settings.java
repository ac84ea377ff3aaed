package org.sallyport.core.settings;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import org.sallyport.core.model.Encryption;
import org.sallyport.core.model.Intent;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.SeedGoal;
import org.sallyport.core.model.UploadPolicy;

/**
 * All choices of the user, immutable. Defaults are safe for a home user. Ranges are held by {@link SettingsCheck}, not here.
 *
 * @param downloadFolder absolute path as text; a leading {@code ~} is the home folder
 * @param port           the one TCP and UDP port, 1024..65535; 0 until the first start has chosen one
 * @param receiveOnly    no listener at all
 * @param encryption     of connections in the clear; those with paired devices are in TLS whatever it says
 * @param goal           when a torrent has been shared enough, unless something else is said for it
 * @param welcomed       the user has seen the first page of the window, and chosen there or passed it by
 */
public record Settings(
        String downloadFolder, int port, boolean receiveOnly, Limits limits, Trackers trackers, Look look, Quit quit, Network network,
        Uploads uploads,
        boolean welcomed, Encryption encryption, Bandwidth bandwidth, Discovery discovery, SeedGoal goal, Screening screening) {

    /**
     * @param connections        all torrents together, 1..2000; @param connectionsPerTorrent 1..500
     * @param uploadSlots        unchoked peers of one torrent, 1..100
     * @param activeDownloads    downloads that run at once, the rest is queued, 1..1000; @param activeSeeds likewise
     * @param pieceMemoryBytes   buffers for pieces being fetched, 16 MiB..1 GiB
     */
    public record Limits(int connections, int connectionsPerTorrent, int uploadSlots, int activeDownloads, int activeSeeds, long pieceMemoryBytes) {
        public static final Limits DEFAULT = new Limits(200, 50, 8, 5, 50, 40L << 20);

        public Limits withConnections(int wanted) {
            return new Limits(wanted, connectionsPerTorrent, uploadSlots, activeDownloads, activeSeeds, pieceMemoryBytes);
        }

        public Limits withConnectionsPerTorrent(int wanted) {
            return new Limits(connections, wanted, uploadSlots, activeDownloads, activeSeeds, pieceMemoryBytes);
        }

        public Limits withUploadSlots(int wanted) {
            return new Limits(connections, connectionsPerTorrent, wanted, activeDownloads, activeSeeds, pieceMemoryBytes);
        }

        public Limits withActiveDownloads(int wanted) {
            return new Limits(connections, connectionsPerTorrent, uploadSlots, wanted, activeSeeds, pieceMemoryBytes);
        }

        public Limits withActiveSeeds(int wanted) {
            return new Limits(connections, connectionsPerTorrent, uploadSlots, activeDownloads, wanted, pieceMemoryBytes);
        }
    }

    /**
     * @param allowLocal trackers on this computer or link-local addresses may be used when a torrent names them literally (for tests and
     * the sample)
     */
    public record Trackers(boolean allowLocal) {
        public static final Trackers DEFAULT = new Trackers(false);
    }

    /** @param theme follow the system, or always one; @param dense rows of 26 px instead of 32 */
    public record Look(Theme theme, boolean dense) {
        public static final Look DEFAULT = new Look(Theme.SYSTEM, false);

        public enum Theme { SYSTEM, LIGHT, DARK }
    }

    /** @param whenComplete each run of the window or daemon ends by itself when all its downloads have ended */
    public record Quit(boolean whenComplete) {
        public static final Quit DEFAULT = new Quit(false);
    }

    /** @param interfaceName the one network interface that may be used, as the system names it; empty for any */
    public record Network(@JsonProperty("interface") String interfaceName) {
        public static final Network DEFAULT = new Network("");
    }

    /** @param usual when bytes of a download may be sent to others, unless something else is said as it is added */
    public record Uploads(UploadPolicy usual) {
        public static final Uploads DEFAULT = new Uploads(UploadPolicy.NORMAL);
    }

    /** Payload bytes per second, 0 for no limit, else 1 KB..10 GB. */
    public record Rates(long down, long up) {
        public static final Rates NONE = new Rates(0, 0);
    }

    /**
     * @param usual       limits of all torrents together; @param slow those of slow mode
     * @param slowNow     slow mode is switched on, whatever the schedule says
     * @param week        48 half hours of seven days, Monday first: {@code r} run, {@code s} slow, {@code x} stop; empty for no schedule
     * @param limitLocal  the limits count for computers of the own network, too
     * @param dayCapBytes sent and received in a day, 0 for no cap; @param monthCapBytes in a month
     * @param atCap       what happens when a cap is reached
     * @param slowBelow   a download or seed slower than this for a minute takes no place in the queue; 0 for never
     */
    public record Bandwidth(Rates usual, Rates slow, boolean slowNow, List<String> week, boolean limitLocal, long dayCapBytes, long monthCapBytes,
            AtCap atCap, long slowBelow) {
        public static final Bandwidth DEFAULT = new Bandwidth(Rates.NONE, new Rates(100_000, 20_000), false, List.of(), false, 0, 0,
                AtCap.STOP, 2000);

        public enum AtCap { TELL, SLOW, STOP }

        public Bandwidth {
            week = List.copyOf(week);
        }

        public Bandwidth withUsual(Rates value) {
            return new Bandwidth(value, slow, slowNow, week, limitLocal, dayCapBytes, monthCapBytes, atCap, slowBelow);
        }

        public Bandwidth withSlow(Rates value, boolean on) {
            return new Bandwidth(usual, value, on, week, limitLocal, dayCapBytes, monthCapBytes, atCap, slowBelow);
        }

        public Bandwidth withWeek(List<String> value) {
            return new Bandwidth(usual, slow, slowNow, value, limitLocal, dayCapBytes, monthCapBytes, atCap, slowBelow);
        }

        public Bandwidth withLimitLocal(boolean value) {
            return new Bandwidth(usual, slow, slowNow, week, value, dayCapBytes, monthCapBytes, atCap, slowBelow);
        }

        public Bandwidth withCaps(long dayBytes, long monthBytes, AtCap then) {
            return new Bandwidth(usual, slow, slowNow, week, limitLocal, dayBytes, monthBytes, then, slowBelow);
        }
    }

    /**
     * Where addresses of peers come from besides trackers; none of it for private and trusted-only torrents.
     *
     * @param dht          the distributed table (BEP 5) on our one UDP port
     * @param bootstrap    host:port of nodes to begin with, at most 16; may be empty
     * @param exchange     peers tell each other of peers (BEP 11)
     * @param localNetwork looks for peers in the own network (BEP 14): one more socket, UDP 6771, that the port audit shows as expected
     */
    public record Discovery(boolean dht, List<String> bootstrap, boolean exchange, boolean localNetwork) {
        public static final Discovery DEFAULT = new Discovery(true,
                List.of("dht.libtorrent.org:25401", "router.bittorrent.com:6881", "dht.transmissionbt.com:6881"), true, false);

        public Discovery {
            bootstrap = List.copyOf(bootstrap);
        }
    }

    /**
     * What is looked at before a file is handed over.
     *
     * @param risky              what is done about names of programs, scripts and disguises
     * @param usual              what a torrent is added for, unless something else is said as it is added
     * @param scanner            where the virus scanner listens: empty to look for it, {@code none} for no scanner, the path of a Unix socket, or
     *                           {@code host:port} on this computer
     * @param holdUnscanned      files that could not be scanned stay in quarantine; otherwise they are released with a warning
     * @param definitionsMaxDays older definitions of viruses are not relied upon, 1..365
     */
    public record Screening(NameRule risky, Intent usual, String scanner, boolean holdUnscanned, int definitionsMaxDays) {
        public static final Screening DEFAULT = new Screening(NameRule.ASK, Intent.ANYTHING, "", false, 7);

        public Screening withRisky(NameRule value) {
            return new Screening(value, usual, scanner, holdUnscanned, definitionsMaxDays);
        }

        public Screening withUsual(Intent value) {
            return new Screening(risky, value, scanner, holdUnscanned, definitionsMaxDays);
        }

        public Screening withScanner(String value) {
            return new Screening(risky, usual, value, holdUnscanned, definitionsMaxDays);
        }

        public Screening withHoldUnscanned(boolean value) {
            return new Screening(risky, usual, scanner, value, definitionsMaxDays);
        }

        public Screening withDefinitionsMaxDays(int value) {
            return new Screening(risky, usual, scanner, holdUnscanned, value);
        }
    }

    public static final Settings DEFAULT = new Settings("~/Downloads/Sallyport", 0, false, Limits.DEFAULT, Trackers.DEFAULT, Look.DEFAULT,
            Quit.DEFAULT, Network.DEFAULT, Uploads.DEFAULT, false, Encryption.PREFER, Bandwidth.DEFAULT, Discovery.DEFAULT, SeedGoal.NONE,
            Screening.DEFAULT);

    /** {@link #downloadFolder()} as a path; the text must have passed {@link SettingsCheck}. */
    public Path downloadPath() {
        return HomeFolder.resolve(downloadFolder, Path.of(System.getProperty("user.home")));
    }

    public Settings withPort(int value) {
        return new Settings(downloadFolder, value, receiveOnly, limits, trackers, look, quit, network, uploads, welcomed, encryption,
                bandwidth, discovery, goal, screening);
    }

    public Settings withReceiveOnly(boolean value) {
        return new Settings(downloadFolder, port, value, limits, trackers, look, quit, network, uploads, welcomed, encryption, bandwidth,
                discovery, goal, screening);
    }

    public Settings withDownloadFolder(String value) {
        return new Settings(value, port, receiveOnly, limits, trackers, look, quit, network, uploads, welcomed, encryption, bandwidth,
                discovery, goal, screening);
    }

    public Settings withTrackers(Trackers value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, value, look, quit, network, uploads, welcomed, encryption, bandwidth,
                discovery, goal, screening);
    }

    public Settings withLimits(Limits value) {
        return new Settings(downloadFolder, port, receiveOnly, value, trackers, look, quit, network, uploads, welcomed, encryption,
                bandwidth, discovery, goal, screening);
    }

    public Settings withLook(Look value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, value, quit, network, uploads, welcomed, encryption,
                bandwidth, discovery, goal, screening);
    }

    public Settings withQuit(Quit value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, look, value, network, uploads, welcomed, encryption,
                bandwidth, discovery, goal, screening);
    }

    public Settings withUploads(Uploads value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, look, quit, network, value, welcomed, encryption,
                bandwidth, discovery, goal, screening);
    }

    public Settings withWelcomed(boolean value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, look, quit, network, uploads, value, encryption, bandwidth,
                discovery, goal, screening);
    }

    public Settings withNetwork(Network value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, look, quit, value, uploads, welcomed, encryption,
                bandwidth, discovery, goal, screening);
    }

    public Settings withEncryption(Encryption value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, look, quit, network, uploads, welcomed, value, bandwidth,
                discovery, goal, screening);
    }

    public Settings withBandwidth(Bandwidth value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, look, quit, network, uploads, welcomed, encryption, value,
                discovery, goal, screening);
    }

    public Settings withDiscovery(Discovery value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, look, quit, network, uploads, welcomed, encryption,
                bandwidth, value, goal, screening);
    }

    public Settings withGoal(SeedGoal value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, look, quit, network, uploads, welcomed, encryption,
                bandwidth, discovery, value, screening);
    }

    public Settings withScreening(Screening value) {
        return new Settings(downloadFolder, port, receiveOnly, limits, trackers, look, quit, network, uploads, welcomed, encryption,
                bandwidth, discovery, goal, value);
    }
}
