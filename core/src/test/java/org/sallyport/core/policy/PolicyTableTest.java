package org.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.NameFlag;
import org.sallyport.core.model.NameRule;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.UploadPolicy;
import org.sallyport.core.model.Verdict;
import org.sallyport.core.policy.PolicyRequest.AcceptPeer;
import org.sallyport.core.policy.PolicyRequest.AddTorrent;
import org.sallyport.core.policy.PolicyRequest.AdmitPeer;
import org.sallyport.core.policy.PolicyRequest.Audience;
import org.sallyport.core.policy.PolicyRequest.Audience.Standing;
import org.sallyport.core.policy.PolicyRequest.ChangeSettings;
import org.sallyport.core.policy.PolicyRequest.ChooseFiles;
import org.sallyport.core.policy.PolicyRequest.DialPeer;
import org.sallyport.core.policy.PolicyRequest.ExchangeDatagram;
import org.sallyport.core.policy.PolicyRequest.OpenFile;
import org.sallyport.core.policy.PolicyRequest.Quit;
import org.sallyport.core.policy.PolicyRequest.ReleaseFile;
import org.sallyport.core.policy.PolicyRequest.ReleaseHeld;
import org.sallyport.core.policy.PolicyRequest.RiskyFile;
import org.sallyport.core.policy.PolicyRequest.ServePeer;
import org.sallyport.core.policy.PolicyRequest.ServePeer.Contents;
import org.sallyport.core.policy.PolicyRequest.ShareTorrent;
import org.sallyport.core.policy.PolicyRequest.UseSource;
import org.sallyport.core.settings.Settings;

/** Each rule denies exactly its case, and everything else is allowed. */
class PolicyTableTest {
    private static final InfoHash TORRENT = new InfoHash("0123456789abcdef0123456789abcdef01234567");
    private static final Settings SETTINGS = Settings.DEFAULT;
    private static final Settings LOCAL = SETTINGS.withTrackers(new Settings.Trackers(true));
    private static final Verdict CLEAN = new Verdict(Verdict.Kind.CLEAN, "");
    private static final Verdict INFECTED = new Verdict(Verdict.Kind.INFECTED, "Eicar");
    private static final Verdict SUSPICIOUS = new Verdict(Verdict.Kind.SUSPICIOUS, "two extensions");
    private static final Verdict NOT_SCANNED = Verdict.notScanned("no scanner");
    private static final String ALLOWED = "";
    private static final Audience PUBLIC = Audience.PUBLIC;

    static Stream<Arguments> accept() {
        return Stream.of(
                arguments(new AcceptPeer(ip("203.0.113.7"), 0, 0, 0, 0, false), ALLOWED),
                arguments(new AcceptPeer(ip("203.0.113.7"), 199, 63, 3, 15, false), ALLOWED),
                arguments(new AcceptPeer(ip("127.0.0.1"), 0, 0, 0, 0, false), ALLOWED),
                arguments(new AcceptPeer(ip("203.0.113.7"), 0, 0, 0, 0, true), "policy.peer-banned"),
                arguments(new AcceptPeer(ip("203.0.113.7"), 200, 0, 0, 0, false), "policy.connection-limit"),
                arguments(new AcceptPeer(ip("203.0.113.7"), 0, 64, 0, 0, false), "policy.half-open-limit"),
                arguments(new AcceptPeer(ip("203.0.113.7"), 0, 0, 4, 0, false), "policy.half-open-address-limit"),
                arguments(new AcceptPeer(ip("203.0.113.7"), 0, 0, 0, 16, false), "policy.half-open-network-limit"));
    }

    static Stream<Arguments> datagrams() {
        return Stream.of(
                arguments(new ExchangeDatagram(ip("203.0.113.7"), true), ALLOWED),
                arguments(new ExchangeDatagram(ip("127.0.0.1"), false), ALLOWED),
                arguments(new ExchangeDatagram(ip("239.192.152.143"), false), "policy.martian-address"),
                arguments(new ExchangeDatagram(ip("255.255.255.255"), false), "policy.martian-address"),
                arguments(new ExchangeDatagram(ip("0.0.0.0"), true), "policy.martian-address"));
    }

    static Stream<Arguments> admit() {
        return Stream.of(
                arguments(new AdmitPeer(TORRENT, ip("203.0.113.7"), 49, 0, false, true, PUBLIC), ALLOWED),
                arguments(new AdmitPeer(TORRENT, ip("203.0.113.7"), 49, 0, false, false, PUBLIC), ALLOWED),
                arguments(new AdmitPeer(TORRENT, ip("203.0.113.7"), 9, 7, false, true, PUBLIC), ALLOWED),
                arguments(new AdmitPeer(TORRENT, ip("203.0.113.7"), 9, 8, false, true, PUBLIC), "policy.torrent-address-limit"),
                arguments(new AdmitPeer(TORRENT, ip("203.0.113.7"), 0, 0, true, true, PUBLIC), "policy.peer-banned"),
                arguments(new AdmitPeer(TORRENT, ip("203.0.113.7"), 50, 0, false, true, PUBLIC), "policy.torrent-connection-limit"),
                arguments(new AdmitPeer(TORRENT, ip("203.0.113.7"), 50, 0, false, false, PUBLIC), "policy.torrent-connection-limit"));
    }

    static Stream<Arguments> dial() {
        return Stream.of(
                arguments(dial("203.0.113.7:6881", 199, 49, false, false), ALLOWED),
                arguments(dial("203.0.113.7:1024", 0, 0, false, false), ALLOWED),
                arguments(dial("192.168.1.5:6881", 0, 0, false, false), ALLOWED),
                arguments(dial("[2001:db8::1]:6881", 0, 0, false, false), ALLOWED),
                arguments(dial("203.0.113.7:80", 0, 0, false, true), ALLOWED),
                arguments(dial("127.0.0.1:6881", 0, 0, false, true), ALLOWED),
                arguments(dial("203.0.113.7:6881", 0, 0, true, false), "policy.peer-banned"),
                arguments(dial("203.0.113.7:6881", 0, 0, true, true), "policy.peer-banned"),
                arguments(dial("203.0.113.7:6881", 200, 0, false, true), "policy.connection-limit"),
                arguments(dial("203.0.113.7:6881", 0, 50, false, true), "policy.torrent-connection-limit"),
                arguments(dial("203.0.113.7:1023", 0, 0, false, false), "policy.low-port"),
                arguments(dial("203.0.113.7:1", 0, 0, false, false), "policy.low-port"),
                arguments(dial("224.0.0.1:6881", 0, 0, false, true), "policy.martian-address"),
                arguments(dial("0.0.0.0:6881", 0, 0, false, true), "policy.martian-address"),
                arguments(dial("255.255.255.255:6881", 0, 0, false, false), "policy.martian-address"),
                arguments(dial("[ff02::1]:6881", 0, 0, false, false), "policy.martian-address"),
                arguments(dial("127.0.0.1:6881", 0, 0, false, false), "policy.loopback-peer"),
                arguments(dial("[::1]:6881", 0, 0, false, false), "policy.loopback-peer"));
    }

    /** The torrent exists for whom it is for, and for nobody else, whoever dials. */
    static Stream<Arguments> audiences() {
        return Stream.of(
                aboutPeers(false, false, Standing.STRANGER, ALLOWED),
                aboutPeers(false, false, Standing.MEMBER, ALLOWED),
                aboutPeers(false, false, Standing.REMOVED, "peer.device-removed"),
                aboutPeers(false, true, Standing.STRANGER, "peer.share-expired"),
                aboutPeers(false, true, Standing.MEMBER, "peer.share-expired"),
                aboutPeers(true, false, Standing.STRANGER, "peer.trusted-only"),
                aboutPeers(true, false, Standing.OUTSIDER, "peer.trusted-only"),
                aboutPeers(true, false, Standing.REMOVED, "peer.device-removed"),
                aboutPeers(true, false, Standing.MEMBER, ALLOWED),
                aboutPeers(true, true, Standing.MEMBER, "peer.share-expired")).flatMap(List::stream);
    }

    private static List<Arguments> aboutPeers(boolean trustedOnly, boolean expired, Standing standing, String rule) {
        Audience audience = new Audience(trustedOnly, expired, standing);
        return List.of(
                arguments(new AdmitPeer(TORRENT, ip("203.0.113.7"), 0, 0, false, true, audience), rule),
                arguments(new AdmitPeer(TORRENT, ip("203.0.113.7"), 0, 0, false, false, audience), rule),
                arguments(new DialPeer(TORRENT, PeerAddress.parse("203.0.113.7:6881"), 0, 0, false, true, audience), rule),
                arguments(new ServePeer(TORRENT, UploadPolicy.NORMAL, true, audience, Contents.SOUND), rule));
    }

    static Stream<Arguments> uploads() {
        Audience device = new Audience(true, false, Standing.MEMBER);
        Audience friend = new Audience(false, false, Standing.MEMBER);
        return Stream.of(
                arguments(new ServePeer(TORRENT, UploadPolicy.NORMAL, false, PUBLIC, Contents.SOUND), ALLOWED),
                arguments(new ServePeer(TORRENT, UploadPolicy.NORMAL, false, PUBLIC, Contents.HELD), ALLOWED),
                arguments(new ServePeer(TORRENT, UploadPolicy.NORMAL, true, PUBLIC, Contents.HELD), "policy.serve-held"),
                arguments(new ServePeer(TORRENT, UploadPolicy.NORMAL, false, PUBLIC, Contents.LOST), "policy.serve-lost"),
                arguments(new ServePeer(TORRENT, UploadPolicy.NORMAL, false, PUBLIC, Contents.INFECTED), "policy.serve-infected"),
                arguments(new ServePeer(TORRENT, UploadPolicy.TRUSTED_ONLY, true, friend, Contents.INFECTED), "policy.serve-infected"),
                arguments(new ServePeer(TORRENT, UploadPolicy.NORMAL, true, PUBLIC, Contents.SOUND), ALLOWED),
                arguments(new ServePeer(TORRENT, UploadPolicy.WHILE_DOWNLOADING, false, PUBLIC, Contents.SOUND), ALLOWED),
                arguments(new ServePeer(TORRENT, UploadPolicy.WHILE_DOWNLOADING, true, PUBLIC, Contents.SOUND), "upload.while-downloading"),
                arguments(new ServePeer(TORRENT, UploadPolicy.WHILE_DOWNLOADING, true, device, Contents.SOUND), "upload.while-downloading"),
                arguments(new ServePeer(TORRENT, UploadPolicy.TRUSTED_ONLY, false, PUBLIC, Contents.SOUND), "upload.trusted-only"),
                arguments(new ServePeer(TORRENT, UploadPolicy.TRUSTED_ONLY, true, friend, Contents.SOUND), ALLOWED),
                arguments(new ServePeer(TORRENT, UploadPolicy.TRUSTED_ONLY, true, device, Contents.SOUND), ALLOWED),
                arguments(new ServePeer(TORRENT, UploadPolicy.NEVER, false, PUBLIC, Contents.SOUND), "upload.never"),
                arguments(new ServePeer(TORRENT, UploadPolicy.NEVER, true, device, Contents.SOUND), "upload.never"));
    }

    static Stream<Arguments> files() {
        return Stream.of(
                arguments(new ReleaseFile(TORRENT, "a/b", CLEAN), ALLOWED),
                arguments(new ReleaseFile(TORRENT, "a/b", NOT_SCANNED), ALLOWED),
                arguments(new ReleaseFile(TORRENT, "a/b", SUSPICIOUS), "policy.release-suspicious"),
                arguments(new ReleaseHeld(TORRENT, "a/b", SUSPICIOUS, false), ALLOWED),
                arguments(new ReleaseHeld(TORRENT, "a/b", NOT_SCANNED, false), ALLOWED),
                arguments(new ReleaseHeld(TORRENT, "a/b", INFECTED, false), "policy.release-held-infected"),
                arguments(new ReleaseHeld(TORRENT, "a/b", INFECTED, true), ALLOWED),
                arguments(new OpenFile("a/b", true, CLEAN, true, false), "policy.open-program"),
                arguments(new OpenFile("a/b", true, NOT_SCANNED, true, true), ALLOWED),
                arguments(new OpenFile("a/b", false, CLEAN, true, true), "policy.open-quarantined"),
                arguments(new OpenFile("a/b", true, INFECTED, true, true), "policy.open-infected"),
                arguments(new ReleaseFile(TORRENT, "a/b", INFECTED), "policy.release-infected"),
                arguments(new OpenFile("a/b", true, CLEAN, false, false), ALLOWED),
                arguments(new OpenFile("a/b", true, NOT_SCANNED, false, false), ALLOWED),
                arguments(new OpenFile("a/b", true, SUSPICIOUS, false, false), ALLOWED),
                arguments(new OpenFile("a/b", false, CLEAN, false, false), "policy.open-quarantined"),
                arguments(new OpenFile("a/b", true, INFECTED, false, false), "policy.open-infected"),
                arguments(new ShareTorrent(TORRENT, true), ALLOWED),
                arguments(new ShareTorrent(TORRENT, false), "policy.share-not-chosen"));
    }

    @Test
    void whatWasNotScannedIsHeldIfTheUserChoseSo() {
        Settings holding = SETTINGS.withScreening(SETTINGS.screening().withHoldUnscanned(true));

        assertThat(ruleFor(new ReleaseFile(TORRENT, "a/b", NOT_SCANNED), holding)).isEqualTo("policy.release-unscanned");
        assertThat(ruleFor(new ReleaseFile(TORRENT, "a/b", CLEAN), holding)).isEqualTo(ALLOWED);
        assertThat(ruleFor(new ReleaseHeld(TORRENT, "a/b", NOT_SCANNED, false), holding)).isEqualTo(ALLOWED);
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(choose(false), ALLOWED),
                arguments(choose(false, NameFlag.ARCHIVE), ALLOWED),
                arguments(choose(false, NameFlag.PROGRAM), "names.ask"),
                arguments(choose(true, NameFlag.PROGRAM), ALLOWED),
                arguments(choose(true, NameFlag.PROGRAM, NameFlag.DISGUISED), "names.blocked"),
                arguments(choose(false, NameFlag.REVERSED), "names.blocked"));
    }

    static Stream<Arguments> everythingElse() {
        return Stream.of(
                arguments(new AddTorrent(TORRENT, "name", Long.MAX_VALUE, List.of("tracker.example")), ALLOWED),
                arguments(new Quit(true), ALLOWED),
                arguments(new Quit(false), ALLOWED),
                arguments(new ChangeSettings(SETTINGS, SETTINGS.withPort(6881)), ALLOWED),
                arguments(new ChangeSettings(SETTINGS.withPort(80), SETTINGS), ALLOWED),
                arguments(new ChangeSettings(SETTINGS, SETTINGS.withPort(80)), "settings.port-range"),
                arguments(new ChangeSettings(SETTINGS, SETTINGS.withDownloadFolder("")), "settings.download-folder"));
    }

    @ParameterizedTest
    @MethodSource({"accept", "datagrams", "admit", "dial", "audiences", "uploads", "files", "names", "everythingElse"})
    void eachRuleDeniesExactlyItsCase(PolicyRequest request, String rule) {
        assertThat(ruleFor(request, SETTINGS)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "http://tracker.example/announce, 203.0.113.7, ''",
        "HTTPS://tracker.example/announce, 203.0.113.7, ''",
        "udp://tracker.example:80, 2001:db8::1, ''",
        "http://printer.lan/announce, 192.168.1.5, ''",
        "http://tracker.lan/announce, fd00::5, ''",
        "wss://tracker.example, 203.0.113.7, policy.source-scheme",
        "file:///etc/passwd, 203.0.113.7, policy.source-scheme",
        "ftp://tracker.example, 203.0.113.7, policy.source-scheme",
        "jar:http://tracker.example!/a, 203.0.113.7, policy.source-scheme",
        "'', 203.0.113.7, policy.source-scheme",
        "http:/tracker.example, 203.0.113.7, policy.source-scheme",
        "' http://tracker.example', 203.0.113.7, policy.source-scheme",
        "http://x/a, 127.0.0.1, policy.source-local-address",
        "http://x/a, 127.255.255.254, policy.source-local-address",
        "http://x/a, ::1, policy.source-local-address",
        "http://x/a, ::ffff:127.0.0.1, policy.source-local-address",
        "http://x/a, ::127.0.0.1, policy.source-local-address",
        "http://x/a, 64:ff9b::127.0.0.1, policy.source-local-address",
        "http://x/a, 2002:7f00:1::, policy.source-local-address",
        "http://x/a, 169.254.169.254, policy.source-local-address",
        "http://x/a, fe80::1, policy.source-local-address",
        "http://x/a, 0.0.0.0, policy.source-martian-address",
        "http://x/a, 0.1.2.3, policy.source-martian-address",
        "http://x/a, ::, policy.source-martian-address",
        "udp://x:1, 239.1.2.3, policy.source-martian-address",
        "udp://x:1, ff02::1, policy.source-martian-address",
        "udp://x:1, 255.255.255.255, policy.source-martian-address",
        "udp://x:1, 64:ff9b::e000:1, policy.source-martian-address"})
    void aSourceIsAskedOnlyWhereATrackerCanBe(String url, String address, String rule) {
        assertThat(ruleFor(new UseSource(TORRENT, url, ip(address)), SETTINGS)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "http://x/a, 127.0.0.1, ''", "http://x/a, ::1, ''", "http://x/a, fe80::1, ''", "http://x/a, 169.254.1.1, ''",
        "http://x/a, 0.0.0.0, policy.source-martian-address", "udp://x:1, 224.0.0.1, policy.source-martian-address",
        "file:///a, 127.0.0.1, policy.source-scheme"})
    void localTrackersCanBeAllowed(String url, String address, String rule) {
        assertThat(ruleFor(new UseSource(TORRENT, url, ip(address)), LOCAL)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1:6881, ''", "[::1]:6881, ''", "127.0.0.1:80, policy.low-port", "0.0.0.0:6881, policy.martian-address"})
    void peersOfALocalTrackerAreOnThisComputer(String address, String rule) {
        assertThat(ruleFor(dial(address, 0, 0, false, false), LOCAL)).isEqualTo(rule);
    }

    @ParameterizedTest
    @CsvSource({
        "BLOCK, ARCHIVE, true, ''", "BLOCK, PROGRAM, true, names.blocked", "BLOCK, DISGUISED, true, names.blocked",
        "ALLOW, PROGRAM, false, ''", "ALLOW, DISGUISED, false, names.ask", "ALLOW, DISGUISED, true, ''"})
    void theSettingsSayWhatIsDoneAboutRiskyNames(NameRule risky, NameFlag flag, boolean accepted, String rule) {
        Settings settings = SETTINGS.withScreening(Settings.Screening.DEFAULT.withRisky(risky));

        assertThat(ruleFor(choose(accepted, flag), settings)).isEqualTo(rule);
    }

    @Test
    void refusalNamesAFewFilesAndCountsTheRest() {
        String sentence = PolicyEngine.standard(() -> SETTINGS)
                .decide(choose(false, NameFlag.PROGRAM, NameFlag.SCRIPT, NameFlag.PROGRAM, NameFlag.MACROS, NameFlag.SCRIPT))
                .reason().orElseThrow().sentence();

        assertThat(sentence).contains("\"file0\" (program), \"file1\" (script), \"file2\" (program) and 2 more");
    }

    private static ChooseFiles choose(boolean accepted, NameFlag... flags) {
        return new ChooseFiles(TORRENT, IntStream.range(0, flags.length).mapToObj(i -> new RiskyFile("file" + i, flags[i])).toList(), accepted);
    }

    @ParameterizedTest
    @CsvSource({"9, ''", "10, policy.connection-limit"})
    void theLimitsAreThoseOfTheSettings(int connections, String rule) {
        Settings ten = SETTINGS.withLimits(new Settings.Limits(10, 50, 8, 5, 50, 64L << 20));

        assertThat(ruleFor(new AcceptPeer(ip("203.0.113.7"), connections, 0, 0, 0, false), ten)).isEqualTo(rule);
    }

    private static String ruleFor(PolicyRequest request, Settings settings) {
        return PolicyEngine.standard(() -> settings).decide(request).fold(() -> ALLOWED, deny -> deny.refusal().rule());
    }

    private static DialPeer dial(String address, int connections, int ofTorrent, boolean banned, boolean named) {
        return new DialPeer(TORRENT, PeerAddress.parse(address), connections, ofTorrent, banned, named, PUBLIC);
    }

    private static InetAddress ip(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new AssertionError(e);
        }
    }
}
