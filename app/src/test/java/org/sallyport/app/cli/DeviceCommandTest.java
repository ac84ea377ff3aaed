package org.sallyport.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;

/** Pairing from the command line, between two running instances. */
@Timeout(120)
class DeviceCommandTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    Path temp;

    private TwoInstances instances;

    @BeforeEach
    void startBoth() throws Exception {
        instances = new TwoInstances(temp);
    }

    @AfterEach
    void endBoth() {
        instances.close();
    }

    private Capture quick(int exit, String name, String... words) {
        Capture capture = Capture.pipe();
        assertThat(instances.run(capture, name, words)).as(capture.outText() + capture.err()).isEqualTo(exit);
        return capture;
    }

    private static String awaitCode(Capture capture) {
        await("code").atMost(SOON).until(() -> capture.outText().contains("SALLYPORT:"));
        return capture.outText().replaceAll("(?s).*(SALLYPORT:[A-Z0-9]+).*", "$1");
    }

    private static int exit(CompletableFuture<Integer> command) throws Exception {
        return command.get(60, TimeUnit.SECONDS);
    }

    /** Scripts on both sides. */
    private void pair() throws Exception {
        Capture offer = Capture.pipe();
        CompletableFuture<Integer> offered = instances.begin(offer, "attic", "--json", "device", "offer", "--accept-words");
        quick(Exit.DONE, "cellar", "device", "pair", awaitCode(offer), "--accept-words");
        assertThat(exit(offered)).isEqualTo(Exit.DONE);
    }

    @Test
    void scriptsPairWithTheCodeAndReadObjects() throws Exception {
        quick(Exit.DONE, "attic", "device", "name", "Attic");
        quick(Exit.DONE, "cellar", "device", "name", "Cellar box");
        Capture offer = Capture.pipe();
        CompletableFuture<Integer> offered = instances.begin(offer, "attic", "--json", "device", "offer", "--accept-words");
        Capture pair = quick(Exit.DONE, "cellar", "--json", "device", "pair", awaitCode(offer), "--accept-words");
        assertThat(exit(offered)).isEqualTo(Exit.DONE);

        assertThat(Json.read(offer.out().get(0))).containsOnlyKeys("event", "code", "expires").containsEntry("event", "code");
        assertThat(Json.read(offer.out().get(1)).get("words")).isEqualTo(Json.read(pair.out().get(0)).get("words")).asList().hasSize(6);
        assertThat(Json.read(offer.out().get(2))).containsEntry("event", "paired").containsEntry("name", "Cellar box");
        assertThat(Json.read(pair.out().get(1))).containsEntry("event", "paired").containsEntry("name", "Attic");
        String attic = quick(Exit.DONE, "attic", "device", "id").outText().strip();
        Capture list = quick(Exit.DONE, "cellar", "--json", "device", "list");
        assertThat(Json.read(list.out().get(0))).containsEntry("id", attic).containsEntry("name", "Attic").containsEntry("state", "paired");
    }

    @Test
    void peopleAreAskedAndTypeTheirAnswers() throws Exception {
        Capture offer = Capture.typing("y\n");
        CompletableFuture<Integer> offered = instances.begin(offer, "attic", "device", "offer");
        Capture pair = Capture.typing("YES\n");
        assertThat(instances.run(pair, "cellar", "device", "pair", awaitCode(offer))).as(pair.err()).isEqualTo(Exit.DONE);
        assertThat(exit(offered)).isEqualTo(Exit.DONE);

        assertThat(offer.err()).contains("Are these the words on the other device? [y/N]");
        assertThat(pair.outText()).contains("Paired with");
    }

    @Test
    void whoSaysNoPairsNobody() throws Exception {
        Capture offer = Capture.pipe();
        CompletableFuture<Integer> offered = instances.begin(offer, "attic", "--json", "device", "offer", "--accept-words");
        Capture pair = Capture.typing("n\n");
        assertThat(instances.run(pair, "cellar", "device", "pair", awaitCode(offer))).isEqualTo(Exit.REFUSED);

        assertThat(pair.err()).contains("(rule pairing.words-differ)");
        assertThat(exit(offered)).isEqualTo(Exit.REFUSED);
        assertThat(offer.outText()).contains("\"rule\":\"pairing.rejected\"");
        assertThat(quick(Exit.DONE, "attic", "--json", "device", "list").out()).isEmpty();
        assertThat(quick(Exit.DONE, "cellar", "--json", "device", "list").out()).isEmpty();
    }

    @Test
    void noAnswerAtAllIsANo() throws Exception {
        Capture offer = Capture.pipe();
        CompletableFuture<Integer> offered = instances.begin(offer, "attic", "device", "offer", "--accept-words");

        quick(Exit.REFUSED, "cellar", "device", "pair", awaitCode(offer));
        assertThat(exit(offered)).isEqualTo(Exit.REFUSED);
    }

    @Test
    void codeThatNobodyReadsTimesOut() {
        Capture offer = quick(Exit.TIMED_OUT, "attic", "device", "offer", "--timeout", "1");

        assertThat(offer.err()).contains("not finished in time");
        await("ended").atMost(SOON).until(() -> instances.attic().engine().snapshot().devices().pairing().stage() == Stage.ENDED);
    }

    @Test
    void whoLeavesWithdrawsTheCode() throws Exception {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(Engine.socketFile(temp.resolve("attic"))))) {
            client.write(ByteBuffer.wrap("{\"argv\":[\"device\",\"offer\"],\"cwd\":\"/\"}\n".getBytes(StandardCharsets.UTF_8)));
            await("code").atMost(SOON).until(() -> pairing().stage() == Stage.OFFERING);
        }

        await("withdrawn").atMost(SOON).until(() -> pairing().stage() == Stage.ENDED);
        assertThat(pairing().rule()).isEqualTo("pairing.cancelled");
    }

    private PairingState pairing() {
        return instances.attic().engine().snapshot().devices().pairing();
    }

    @Test
    void whatIsNoCommandIsSaidSo() {
        assertThat(quick(Exit.USAGE, "attic", "device").err()).contains("sallyport device --help");
        assertThat(quick(Exit.USAGE, "attic", "device", "offer", "--timeout", "0").err()).contains("--timeout takes a number of seconds");
    }

    @Test
    void wrongCodesAreRefusedByRule() {
        Capture pair = quick(Exit.REFUSED, "cellar", "--json", "device", "pair", "SALLYPORT:ABC");

        assertThat(pair.out()).hasSize(1);
        assertThat(pair.outText()).startsWith("{\"event\":\"refused\",\"rule\":\"pairing.code-check\"");
    }

    @Test
    void idsAreReadOutAndAdded() throws Exception {
        String attic = quick(Exit.DONE, "attic", "device", "id").outText().strip();
        String cellar = quick(Exit.DONE, "cellar", "device", "id").outText().strip();
        int port = instances.attic().engine().snapshot().port().port();
        quick(Exit.DONE, "attic", "device", "add", cellar, "--name", "Cellar");
        quick(Exit.DONE, "cellar", "device", "add", attic.toLowerCase(Locale.ROOT), "--name", "Attic", "--address", "127.0.0.1:" + port);

        await("paired").atMost(SOON).until(() -> quick(Exit.DONE, "attic", "--json", "device", "list").outText().contains("\"state\":\"paired\""));
        await("paired").atMost(SOON).until(() -> quick(Exit.DONE, "cellar", "--json", "device", "list").outText().contains("\"state\":\"paired\""));
    }

    @Test
    void devicesAreRenamedMovedAndRemoved() throws Exception {
        pair();
        String id = instances.cellar().engine().snapshot().devices().devices().get(0).id();
        quick(Exit.DONE, "cellar", "device", "rename", id.substring(0, 7), "The attic");
        quick(Exit.DONE, "cellar", "device", "address", "the attic", "192.0.2.7:6000", "[2001:db8::7]:6000");

        DeviceSnapshot changed = instances.cellar().engine().snapshot().devices().devices().get(0);
        assertThat(changed.name()).isEqualTo("The attic");
        assertThat(changed.addresses()).extracting(Object::toString).isEqualTo(List.of("192.0.2.7:6000", "[2001:db8:0:0:0:0:0:7]:6000"));
        assertThat(quick(Exit.DONE, "cellar", "device", "list").outText()).contains("The attic").contains(id);
        quick(Exit.DONE, "cellar", "device", "remove", id.replace('-', ' '));
        assertThat(quick(Exit.DONE, "cellar", "device", "list").outText()).contains("No devices yet");
        assertThat(quick(Exit.FAILED, "cellar", "device", "remove", "the attic").err()).contains("No device in the list");
    }

    @Test
    void anIdentityIsResetOnlyWhenThatIsSaid() throws Exception {
        pair();
        String before = quick(Exit.DONE, "attic", "device", "id").outText().strip();
        quick(Exit.USAGE, "attic", "device", "reset-identity");
        quick(Exit.DONE, "attic", "device", "reset-identity", "--yes");

        assertThat(quick(Exit.DONE, "attic", "device", "id").outText().strip()).isNotEqualTo(before);
        assertThat(quick(Exit.DONE, "attic", "--json", "device", "list").out()).isEmpty();
    }
}
