package org.sallyport.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.sallyport.core.metainfo.Torrents.file;
import static org.sallyport.core.metainfo.Torrents.folder;
import static org.sallyport.core.metainfo.Torrents.torrent;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;

class MagnetTest {
    private static final String HASH = "c12fe1c06bba254a9dc9f519b335aa7c1367a88a";
    private static final String XT = "magnet:?xt=urn:btih:" + HASH;

    @Test
    void everythingInALinkIsRead() throws RefusedException {
        Magnet magnet = Magnet.parse(XT + "&dn=A%20film+%26%20more%C3%A9&xl=12345&tr=http%3A%2F%2Ft.example%2Fa%3Fk%3D1%26z%3D2"
                + "&tr=udp://u.example:6969&ws=https%3A%2F%2Fw.example%2Fdir%2F&x.pe=10.0.0.1:6881&x.pe=[2001:db8::1]:51413&so=0,2,4-6&kt=a+b");

        assertThat(magnet).isEqualTo(new Magnet(new InfoHash(HASH), "A film & moreé", 12_345,
                List.of("http://t.example/a?k=1&z=2", "udp://u.example:6969"), List.of("https://w.example/dir/"),
                List.of(PeerAddress.parse("10.0.0.1:6881"), PeerAddress.parse("[2001:db8::1]:51413")),
                Set.of(0, 2, 4, 5, 6), List.of()));
    }

    @Test
    void whatIsWrittenIsReadAgain() throws RefusedException {
        Magnet magnet = new Magnet(new InfoHash(HASH), "a&b=c+d %41 ü", 7, List.of("http://t.example/a?k=1&z=2", "http://t.example/%41+b"),
                List.of("https://w.example/a%20b/"), List.of(PeerAddress.parse("[::1]:1")), Set.of(0, 1, 2, 7, 9, 10), List.of());

        assertThat(magnet.text()).startsWith(XT + "&dn=a%26b%3Dc%2Bd%20%2541%20%C3%BC&xl=7&tr=http%3A%2F%2Ft.example%2Fa%3Fk%3D1%26z%3D2&")
                .endsWith("&x.pe=[0:0:0:0:0:0:0:1]:1&so=0-2,7,9-10");
        assertThat(Magnet.parse(magnet.text())).isEqualTo(magnet);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            XT, "MAGNET:?XT=URN:BTIH:C12FE1C06BBA254A9DC9F519B335AA7C1367A88A", "  " + XT + "\n", XT + "&&=x&=&dn&" + "&tr=",
            "magnet:?&xt=urn%3Abtih%3A" + HASH, "magnet:?xt.1=urn:btih:" + HASH, XT + "&xt=urn:sha1:ABC",
            XT + "&xt=urn:btih:C12FE1C06BBA254A9DC9F519B335AA7C1367A88A", XT + "&xl=-1&so=&x.pe=",
            "magnet:?xt=urn:btih:YEX6DQDLXISUVHOJ6UM3GNNKPQJWPKEK", "magnet:?xt=urn:btih:yex6dqdlxisuvhoj6um3gnnkpqjwpkek"})
    void hashIsReadInEveryForm(String link) throws RefusedException {
        assertThat(Magnet.parse(link).hash()).isEqualTo(new InfoHash(HASH));
    }

    @ParameterizedTest
    @CsvSource(delimiter = ' ', value = {
            "http://a.example/x.torrent magnet.not-one", "magnet: magnet.not-one", "magnet:xt=urn:btih:c12f magnet.not-one", "'' magnet.not-one",
            "magnet:? magnet.no-hash", "magnet:?dn=x magnet.no-hash", "magnet:?xt=urn:sha1:YEX6DQDLXISUVHOJ6UM3GNNKPQJWPKEK magnet.no-hash",
            "magnet:?xt=urn:btih: magnet.hash", "magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88 magnet.hash",
            "magnet:?xt=urn:btih:c12fe1c06bba254a9dc9f519b335aa7c1367a88g magnet.hash", "magnet:?xt=urn:btih:YEX6DQDLXISUVHOJ6UM3GNNKPQJWPKE1 "
                    + "magnet.hash",
            "magnet:?xt=urn:btmh:1220caf1e1c30e81cb361b9ee167c4aa64228a7fa4fa9f6105232b28ad099f3a302e magnet.v2-only",
            XT + "&xt=urn:btih:d12fe1c06bba254a9dc9f519b335aa7c1367a88a magnet.two-torrents"})
    void linkThatNamesNoTorrentIsRefused(String link, String rule) {
        assertThat(rule(link)).isEqualTo(rule);
    }

    @Test
    void hugeLinkIsRefusedUnread() {
        assertThat(rule(XT + "&dn=" + "x".repeat(64 << 10))).isEqualTo("magnet.too-long");
    }

    @Test
    void hybridLinkIsUsedByItsFirstVersion() throws RefusedException {
        Magnet magnet = Magnet.parse(XT + "&xt=urn:btmh:1220" + "a".repeat(64));

        assertThat(magnet.hash()).isEqualTo(new InfoHash(HASH));
        assertThat(magnet.notes()).singleElement().asString().contains("version 2");
    }

    @Test
    void listsAreBoundedAndToldOf() throws RefusedException {
        String many = IntStream.range(0, 130).mapToObj(i -> "&tr=http://t" + i + ".example/&x.pe=10.0.0." + i + ":1&ws=http://w" + i + ".example/")
                .collect(Collectors.joining());

        Magnet magnet = Magnet.parse(XT + many);

        assertThat(magnet.trackers()).hasSize(100);
        assertThat(magnet.peers()).hasSize(50);
        assertThat(magnet.webSeeds()).hasSize(50);
        assertThat(magnet.notes()).hasSize(3).allSatisfy(note -> assertThat(note).startsWith("Left out "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"tr=ftp://a.example/", "tr=http://user@a.example/", "tr=file:///etc/passwd", "tr=http%3A%2F%2Fa.example%2F%0D%0AX:y",
            "tr=http://a.example/%zz", "ws=udp://a.example", "x.pe=a.example:1", "x.pe=10.0.0.1:0", "x.pe=10.0.0.1", "x.pe=10.0.0.1:99999",
            "x.pe=::1:1", "so=x", "so=3-1", "so=1-2-3", "so=100000", "so=0-99999999999999999999", "so=-1"})
    void unusablePartIsLeftOutAndToldOf(String part) throws RefusedException {
        Magnet magnet = Magnet.parse(XT + "&" + part);

        assertThat(List.of(magnet.trackers(), magnet.webSeeds(), magnet.peers(), magnet.selected())).allSatisfy(list -> assertThat(list).isEmpty());
        assertThat(magnet.notes()).hasSize(1);
    }

    @Test
    void nameIsSafeToShowAndToUse() throws RefusedException {
        Magnet magnet = Magnet.parse(XT + "&dn=..%2F..%2Fetc%2Fa%0A%E2%80%AEgpj.exe");

        assertThat(magnet.name()).isEqualTo("../../etc/a gpj.exe");
        assertThat(magnet.safeName()).doesNotContain("/");
        assertThat(Magnet.parse(XT).safeName()).isEqualTo(HASH);
    }

    @Test
    void infoOfTheTorrentMakesItComplete() throws RefusedException {
        Metainfo original = MetainfoReader.read(torrent(folder("top", List.of(file(20_000, "a"), file(9, "b"))), Map.of()));
        Magnet magnet = Magnet.parse("magnet:?xt=urn:btih:" + original.hash() + "&tr=http://a.example/&tr=udp://b.example:1&ws=http://w.example/");

        Metainfo made = magnet.with(original.infoBytes());

        assertThat(made.hash()).isEqualTo(original.hash());
        assertThat(made.tiers()).isEqualTo(List.of(List.of("http://a.example/"), List.of("udp://b.example:1")));
        assertThat(made.preview().webSeeds()).isEqualTo(List.of("http://w.example/"));
        assertThat(MetainfoReader.read(made.fileBytes()).preview()).isEqualTo(made.preview());
        assertThat(Magnet.of(made, made.tiers()).text()).isEqualTo("magnet:?xt=urn:btih:" + original.hash()
                + "&dn=top&xl=20009&tr=http%3A%2F%2Fa.example%2F&tr=udp%3A%2F%2Fb.example%3A1&ws=http%3A%2F%2Fw.example%2F");
    }

    @Test
    void infoOfAnotherTorrentIsRefused() throws RefusedException {
        byte[] other = MetainfoReader.read(torrent(folder("top", List.of(file(20_000, "a"))), Map.of())).infoBytes();

        RefusedException refused = catchThrowableOfType(RefusedException.class, () -> Magnet.parse(XT).with(other));

        assertThat(refused.refusal().rule()).isEqualTo("magnet.wrong-info");
    }

    @Property(tries = 3000)
    void anyLinkIsRefusedOrReadTheSameAgain(@ForAll("links") String link) {
        try {
            Magnet magnet = Magnet.parse(link);
            Magnet again = Magnet.parse(magnet.text());
            assertThat(again).isEqualTo(new Magnet(magnet.hash(), magnet.name(), magnet.sizeBytes(), magnet.trackers(), magnet.webSeeds(),
                    magnet.peers(), new TreeSet<>(magnet.selected()), List.of()));
        } catch (RefusedException refused) {
            assertThat(refused.refusal().rule()).matches("magnet\\.[a-z0-9-]+");
        }
    }

    @Provide
    Arbitrary<String> links() {
        Arbitrary<String> parts = Arbitraries.of("&", "=", "xt", "urn:btih:", HASH, "%", "%41", "%00", "%ff", "&dn=", "&tr=", "http://a.example/",
                "udp://b.example:1", "&x.pe=", "10.0.0.1:1", "[::1]:2", "&so=", "0", "1-3", ",", "-", "+", "&xl=", "99999999999999999999", "&ws=",
                "é", "\u202e", "#", "?");
        Arbitrary<String> noise = Arbitraries.strings().ofMaxLength(6);
        return Arbitraries.oneOf(parts, parts, noise).list().ofMaxSize(30)
                .map(list -> (list.size() % 5 == 0 ? "magnet:?" : XT + "&") + String.join("", list));
    }

    private static String rule(String link) {
        return catchThrowableOfType(RefusedException.class, () -> Magnet.parse(link)).refusal().rule();
    }

    /** A full set is easily not quite full: each of these would be gone through file by file. */
    @Test
    @Timeout(10)
    void rangesAgainAndAgainCostNothingMore() throws RefusedException {
        String again = "0-99998,".repeat(8_000);

        Magnet magnet = Magnet.parse("magnet:?xt=urn:btih:" + "a".repeat(40) + "&so=" + again + "7");

        assertThat(magnet.selected()).hasSize(99_999);
    }
}
