package org.sallyport.app.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.app.interop.Tool.NAMESPACES;
import static org.sallyport.app.interop.Tool.OPENSSL;
import static org.sallyport.app.interop.Tool.PYTHON;
import static org.sallyport.app.interop.Tool.SALLYPORT;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What somebody gets who is no paired device: nothing, and no answer by which one could tell that there is something (invariant I5). */
@Needs({SALLYPORT, NAMESPACES, PYTHON, OPENSSL})
@Timeout(240)
class StrangersIT {

    private static final int PORT = RealClient.PORT;
    private static final Duration SOON = Duration.ofSeconds(60);
    /** Longer than the handshake deadline: an answer at its end would be seen. */
    private static final String PATIENCE = "11";

    @Test
    void nobodyButThePairedDeviceGetsAnything(Scene scene) {
        Sallyport owner = new Sallyport(scene, scene.host(10), "owner");
        Sallyport friend = new Sallyport(scene, scene.host(11), "friend");
        owner.start("daemon", "--port", PORT).awaitReady();
        friend.start("daemon", "--port", PORT).awaitReady();
        owner.pairWith(friend);
        Path torrent = scene.folder("handed").resolve("content.torrent");
        String hash = share(owner, scene.small(), torrent);

        Map<String, JsonNode> seen = callAsStrangers(scene, owner, hash);

        assertThat(seen).containsOnlyKeys("plain", "plainAsSallyport", "obfuscated", "tlsOwnCertificate", "tlsWithoutToken", "tls12", "s_client",
                "garbage");
        // noise is answered with a key of the obfuscation, as other clients do; TLS without a token is noise
        assertThat(List.of("plain", "plainAsSallyport", "obfuscated"))
                .allSatisfy(each -> assertThat(seen.get(each).get("received").asLong()).as(each).isZero());
        assertThat(seen.values())
                .allSatisfy(each -> assertThat(each.get("first").asText()).as(each.toString()).doesNotStartWith("1603").doesNotStartWith("1503"));
        assertThat(seen.values()).allSatisfy(each -> assertThat(each.path("certificate").asLong()).as(each.toString()).isZero());
        assertThat(seen.get("s_client").get("none").asBoolean()).as("openssl says that there was no certificate").isTrue();

        Path folder = scene.folder("download");
        friend.ask("add", torrent, "--to", folder, "--trusted-only");
        Waiting.until("the paired device gets it", SOON, () -> "seeding".equals(state(friend)));
        scene.small().awaitCopy(folder);
    }

    @Test
    void aDeviceThatWasRemovedIsAStranger(Scene scene) {
        Sallyport owner = new Sallyport(scene, scene.host(10), "owner");
        Sallyport friend = new Sallyport(scene, scene.host(11), "friend");
        owner.start("daemon", "--port", PORT).awaitReady();
        friend.start("daemon", "--port", PORT).awaitReady();
        owner.pairWith(friend);
        Path torrent = scene.folder("handed").resolve("content.torrent");
        share(owner, scene.small(), torrent);

        owner.ask("device", "remove", deviceId(owner));
        Capture cable = Capture.start(scene, friend.host(), "capture", Map.of("marker", Capture.ascii(Content.MARKER)));
        friend.ask("add", torrent, "--to", scene.folder("download"), "--trusted-only");
        Waiting.until("it was tried in vain", SOON, () -> !friend.ask("device", "list").get(0).path("trouble").asText().isEmpty());

        assertThat(friend.ask("list").get(0).get("doneBytes").asLong()).isZero();
        // whoever answers in TLS sends records of it
        assertThat(cable.end().streams()).filteredOn(stream -> stream.from().startsWith(owner.host().address()))
                .allSatisfy(stream -> assertThat(stream.tls()).as(stream.toString()).isEmpty());
    }

    @Test
    void somebodyInBetweenIsToldNothingAndNoted(Scene scene) {
        Sallyport owner = new Sallyport(scene, scene.host(10), "owner");
        Sallyport friend = new Sallyport(scene, scene.host(11), "friend");
        SallyportRun daemon = owner.start("daemon", "--port", PORT).awaitReady();
        SallyportRun other = friend.start("daemon", "--port", PORT).awaitReady();
        owner.pairWith(friend);
        Path torrent = scene.folder("handed").resolve("content.torrent");
        share(owner, scene.small(), torrent);
        daemon.program().terminate();
        assertThat(daemon.program().exitCode(SOON)).isZero();

        Program impostor = scene.script(owner.host(), "impostor", "impostor.py", PORT);
        Waiting.until("the impostor listens", SOON, () -> !impostor.lines().isEmpty());
        friend.ask("add", torrent, "--to", scene.folder("download"), "--trusted-only");
        Waiting.until("the impostor was called", SOON, () -> impostor.lines().size() > 1);

        assertThat(SallyportRun.parse(impostor.lines()).subList(1, 2)).allSatisfy(call -> {
            assertThat(call.get("said").asLong()).as(call.toString()).isZero();
            assertThat(call.get("failure").asText()).isNotEmpty();
        });
        Waiting.until("it is noted", SOON, () -> friend.ask("events").stream()
                .anyMatch(event -> event.get("facts").path("rule").asText().equals("tls.unknown-peer")));
        assertThat(friend.ask("list").get(0).get("doneBytes").asLong()).isZero();
        assertThat(other.program().isRunning()).isTrue();
    }

    /** @return the info-hash of a share for paired devices only */
    private static String share(Sallyport owner, Content content, Path torrent) {
        owner.ask("share", "allow", content.parent());
        return owner.ask("share", "add", content.root(), "--torrent-file", torrent).get(0).get("hash").asText();
    }

    private static Map<String, JsonNode> callAsStrangers(Scene scene, Sallyport owner, String hash) {
        Program strangers = scene.script(scene.host(12), "strangers", "stranger.py", owner.host().address(), PORT, hash,
                "-SY0100-123456789012", PATIENCE);
        assertThat(strangers.exitCode(Duration.ofSeconds(150))).as(strangers.tail()).isZero();
        List<JsonNode> seen = SallyportRun.parse(strangers.lines());
        return seen.stream().collect(Collectors.toMap(each -> each.get("case").asText(), each -> each));
    }

    private static String state(Sallyport sallyport) {
        return sallyport.ask("list").get(0).get("state").asText();
    }

    private static String deviceId(Sallyport sallyport) {
        return sallyport.ask("device", "list").get(0).get("id").asText();
    }
}
