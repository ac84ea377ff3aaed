package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENTRACKER;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.sallyport.app.interop.Capture.Seen;
import org.sallyport.core.engine.AddRequest;
import org.sallyport.core.model.Sharing;

/** What passes between paired devices, seen from the cable: TLS 1.3 records, and nothing that tells what for (invariant I5). */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENTRACKER})
@Timeout(240)
class TrustedTransferIT {

    private static final String BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    @Test
    void onlyTlsRecordsPassAndNothingTellsWhatTheyCarry(Scene scene) throws Exception {
        Content content = scene.half();
        scene.tracker(content.torrent());
        Sallyport sender = new Sallyport(scene, scene.host(10), "sender");
        Sallyport receiver = new Sallyport(scene, scene.host(11), "receiver");
        Library.add(sender.data(), AddRequest.seed(content.torrent().path(), content.parent()).withSharing(Sharing.trustedDownload()));
        Capture atSender = Capture.start(scene, sender.host(), "capture-sender", secrets(content));
        Capture atReceiver = Capture.start(scene, receiver.host(), "capture-receiver", secrets(content));

        sender.start("daemon", "--port", RealClient.PORT).awaitReady();
        receiver.start("daemon", "--port", RealClient.PORT).awaitReady();
        sender.pairWith(receiver);
        sender.ask("start", content.torrent().infoHash());
        Path folder = scene.folder("download");
        receiver.ask("add", content.torrent().path(), "--to", folder, "--trusted-only");
        Waiting.until("it arrives", Duration.ofSeconds(120), () -> state(receiver).equals("seeding"));
        content.awaitCopy(folder);

        assertSecret(atSender.end(), receiver);
        assertSecret(atReceiver.end(), sender);
    }

    private static void assertSecret(Seen seen, Sallyport other) {
        assertThat(seen.found()).as("what passed in clear").isEmpty();
        assertThat(seen.remotes()).as("no tracker").containsExactly(other.host().address());
        assertThat(seen.streams()).isNotEmpty().allSatisfy(stream -> {
            assertThat(stream.whole()).as("the capture is whole").isTrue();
            assertThat(stream.tls()).as("TLS records in %s", stream).isSubsetOf("20", "21", "22", "23");
            assertThat(stream.bytes() == 0 || stream.first().startsWith("1603")).isTrue();
            assertThat(stream.bytes() == 0 || !stream.tls().isEmpty()).as("nothing but TLS in %s", stream).isTrue();
        });
        assertThat(seen.streams()).as("it did pass here").anyMatch(stream -> stream.bytes() > 100_000_000);
    }

    private static String state(Sallyport sallyport) {
        return sallyport.ask("list").get(0).get("state").asText();
    }

    private static Map<String, byte[]> secrets(Content content) {
        String hex = content.torrent().infoHash();
        byte[] hash = HexFormat.of().parseHex(hex);
        return Map.of("hash", hash, "hex", Capture.ascii(hex), "HEX", Capture.ascii(hex.toUpperCase(Locale.ROOT)),
                "base32", Capture.ascii(base32(hash)), "BASE32", Capture.ascii(base32(hash).toLowerCase(Locale.ROOT)),
                "protocol", Capture.ascii("BitTorrent protocol"), "name", content.root().getFileName().toString().getBytes(StandardCharsets.UTF_8),
                "file", Capture.ascii("first.bin"), "marker", Capture.ascii(Content.MARKER));
    }

    private static String base32(byte[] hash) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < hash.length * 8; bit += 5) {
            int value = 0;
            for (int at = bit; at < bit + 5; at++) {
                value = value << 1 | hash[at / 8] >> 7 - at % 8 & 1;
            }
            text.append(BASE32.charAt(value));
        }
        return text.toString();
    }
}
