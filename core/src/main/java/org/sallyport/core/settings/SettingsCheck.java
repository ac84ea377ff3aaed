package org.sallyport.core.settings;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sallyport.core.model.Refusal;

/** Whether settings are within their ranges. Pure; reads no disk. */
public final class SettingsCheck {
    private static final int MAX_FOLDER_CHARS = 4096;
    private static final int MAX_INTERFACE_CHARS = 64;
    private static final long MIB = 1L << 20;
    private static final int MAX_BOOTSTRAP = 16;
    /** A name of the DNS or a literal IPv4 address, or an IPv6 address in brackets. */
    private static final Pattern HOST_AND_PORT = Pattern.compile("([a-zA-Z0-9_.-]{1,253}|\\[[0-9a-fA-F:.]{2,45}])(?<!\\.):([1-9][0-9]{0,4})");

    private SettingsCheck() { }

    /** The first setting out of its range (see {@link Settings}), with what it may be; empty when all are fine. */
    public static Optional<Refusal> check(Settings settings) {
        Settings.Limits limits = settings.limits();
        return folder(settings.downloadFolder())
                .or(() -> port(settings.port()))
                .or(() -> networkInterface(settings.network().interfaceName()))
                .or(() -> range("connections", "The number of connections", limits.connections(), 1, 2000))
                .or(() -> range("connections-per-torrent", "The number of connections per torrent", limits.connectionsPerTorrent(), 1, 500))
                .or(() -> range("upload-slots", "The number of upload slots per torrent", limits.uploadSlots(), 1, 100))
                .or(() -> range("active-downloads", "The number of active downloads", limits.activeDownloads(), 1, 1000))
                .or(() -> range("active-seeds", "The number of active seeds", limits.activeSeeds(), 1, 1000))
                .or(() -> range("piece-memory", "The memory for pieces in bytes", limits.pieceMemoryBytes(), 16 * MIB, 1024 * MIB))
                .or(() -> bootstrap(settings.discovery().bootstrap()))
                .or(() -> BandwidthCheck.check(settings.bandwidth()))
                .or(() -> ScreeningCheck.check(settings.screening()));
    }

    private static Optional<Refusal> port(int port) {
        return port == 0 ? Optional.empty() : range("port", "The port", port, 1024, 65535);
    }

    /** Whether there is one of that name is not asked here: it may come later. */
    private static Optional<Refusal> networkInterface(String name) {
        boolean plain = name.length() <= MAX_INTERFACE_CHARS
                && name.chars().noneMatch(c -> c == '/' || Character.isWhitespace(c) || Character.isISOControl(c));
        return plain ? Optional.empty() : Optional.of(new Refusal("settings.network-interface",
                "A network interface has a short name without blanks, such as tun0 or wlan0. Choose one from the list, or none for any network."));
    }

    private static Optional<Refusal> bootstrap(List<String> nodes) {
        return nodes.size() <= MAX_BOOTSTRAP && nodes.stream().allMatch(SettingsCheck::isNode) ? Optional.empty() : Optional.of(new Refusal(
                "settings.bootstrap", "The DHT begins with at most " + MAX_BOOTSTRAP
                + " nodes, each written as HOST:PORT, such as dht.libtorrent.org:25401 or "
                + "[2001:db8::1]:6881. Correct the list; it may also be empty."));
    }

    private static boolean isNode(String text) {
        Matcher matcher = HOST_AND_PORT.matcher(text);
        return matcher.matches() && Integer.parseInt(matcher.group(2)) <= 65_535;
    }

    private static Optional<Refusal> range(String name, String what, long value, long least, long most) {
        if (value >= least && value <= most) {
            return Optional.empty();
        }
        return Optional.of(new Refusal("settings." + name + "-range",
                String.format(Locale.ROOT, "%s must be from %d to %d, not %d. Choose a number in that range.", what, least, most, value)));
    }

    private static Optional<Refusal> folder(String text) {
        return isAbsolute(text) ? Optional.empty() : Optional.of(new Refusal("settings.download-folder",
                "The download folder must be a whole path, such as ~/Downloads or /srv/files. Choose a folder."));
    }

    private static boolean isAbsolute(String text) {
        if (text.isBlank() || text.length() > MAX_FOLDER_CHARS) {
            return false;
        }
        try {
            Path path = HomeFolder.resolve(text, Path.of(System.getProperty("user.home")));
            return path.isAbsolute();
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
