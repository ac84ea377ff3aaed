package org.sallyport.core.metainfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.metainfo.Torrents.file;
import static org.sallyport.core.metainfo.Torrents.folder;
import static org.sallyport.core.metainfo.Torrents.single;
import static org.sallyport.core.metainfo.Torrents.torrent;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.testkit.FuzzTarget;

/** Torrent files and magnet links. */
public final class MetainfoTargets {
    private static final Path ROOT = Path.of("/downloads");

    private MetainfoTargets() { }

    public static List<FuzzTarget> all() {
        return List.of(
                FuzzTarget.of("bencode", MetainfoTargets::bencode, "d1:ai-7e1:bl1:x0:le1:cdee", "d3:numi9223372036854775807ee", "de"),
                FuzzTarget.of("metainfo", MetainfoTargets::metainfo).and(
                        torrent(single("file.bin", 40_000), Map.of("announce", "http://a.example/", "creation date", 1, "url-list",
                                "http://w.example/", "nodes", List.of(List.of("router.example", 6881)))),
                        torrent(folder("top", List.of(file(20_000, "a", "b"), file(0, "c"), file(9, "A", "B"))),
                                Map.of("announce-list", List.of(List.of("udp://a.example:1")), "httpseeds", List.of("http://w.example/seed")))),
                FuzzTarget.of("magnet", MetainfoTargets::magnet,
                        "magnet:?xt=urn:btih:0123456789abcdef0123456789abcdef01234567&dn=Some+%C3%B6&xl=99"
                                + "&tr=udp%3A%2F%2Fa.example%3A1&x.pe=10.0.0.1:7&so=0,2,4-6",
                        "magnet:?xt.1=urn:btih:mfrggzdfmztwq2lknnwg23tpobyxe43u&tr.1=http://a/&tr.2=b&ws=http://w.example/f&x.pe=[2001:db8::1]:9",
                        "magnet:?xt=urn:btmh:1220aa&xt=urn:btih:0123456789abcdef0123456789abcdef01234567"));
    }

    private static void bencode(byte[] bytes) {
        for (BencodeLimits limits : List.of(BencodeLimits.PEER, BencodeLimits.TRACKER)) {
            try {
                BencodeDict dict = Bencode.decodeDict(bytes, limits);
                assertThat(dict.raw()).isEqualTo(bytes);
                assertThat(dict.keys().size()).isLessThanOrEqualTo(limits.keys());
                dict.keys().forEach(key -> assertThat(dict.has(key)).isTrue());
            } catch (RefusedException refused) {
                sound(refused, "bencode\\..+");
            }
        }
    }

    private static void metainfo(byte[] bytes) {
        try {
            Metainfo metainfo = MetainfoReader.read(bytes);
            long total = 0;
            for (FileEntry file : metainfo.files()) {
                assertThat(file.offset()).isEqualTo(total);
                assertThat(ROOT.resolve(file.path()).normalize().startsWith(ROOT.resolve(metainfo.name()))).as(file.path()).isTrue();
                total += file.size();
            }
            assertThat(metainfo.totalBytes()).isEqualTo(total).isPositive();
            assertThat(metainfo.webSeeds().size()).isLessThanOrEqualTo(2 * SourceUrls.MAX_URLS);
        } catch (RefusedException refused) {
            sound(refused, "(bencode|metainfo)\\..+");
        }
    }

    private static void magnet(byte[] bytes) {
        try {
            Magnet magnet = Magnet.parse(new String(bytes, StandardCharsets.UTF_8));
            assertThat(magnet.trackers().size()).isLessThanOrEqualTo(Magnet.MAX_TRACKERS);
            assertThat(magnet.peers().size()).isLessThanOrEqualTo(Magnet.MAX_PEERS);
            assertThat(magnet.selected().size()).isLessThanOrEqualTo(FileList.MAX_FILES);
            assertThat(magnet.sizeBytes()).isNotNegative();
            assertThat(ROOT.resolve(magnet.safeName()).normalize().getParent()).isEqualTo(ROOT);
        } catch (RefusedException refused) {
            sound(refused, "magnet\\..+");
        }
    }

    private static void sound(RefusedException refused, String rule) {
        assertThat(refused.refusal().rule()).matches(rule);
        assertThat(refused.refusal().sentence()).endsWith(".").hasSizeLessThan(1000);
    }
}
