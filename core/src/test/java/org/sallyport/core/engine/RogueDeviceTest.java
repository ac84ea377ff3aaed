package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.awaitEvent;
import static org.sallyport.core.engine.TestEngines.awaitState;
import static org.sallyport.core.engine.TestEngines.done;
import static org.sallyport.core.engine.TestEngines.events;
import static org.sallyport.core.engine.TestEngines.failed;
import static org.sallyport.core.engine.TestEngines.refused;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.TorrentState;
import org.sallyport.core.testkit.Aftermath;
import org.sallyport.core.testkit.RawPeer;
import org.sallyport.core.testkit.TorrentFixture;
import org.sallyport.core.transport.PeerLink;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.DeviceMessage.Answer.Reply;
import org.sallyport.core.wire.DeviceMessage.Item;

/** A trusted device can be hacked, too: whatever it says stays bounded, costs it the link, and touches nothing else. */
@Tag("hostile")
class RogueDeviceTest {
    @RegisterExtension
    static final Aftermath AFTERMATH = new Aftermath();
    @RegisterExtension
    final EngineAftermath after = new EngineAftermath(() -> List.of(this.anna));
    private static final InfoHash SOME = hash(1);

    @TempDir
    Path temp;
    private Friends friends;
    private Engine anna;
    private RogueDevice rogue;

    @BeforeEach
    void meet() throws Exception {
        friends = new Friends(temp, "anna", "rogue");
        rogue = new RogueDevice(friends.folder("rogue"));
        anna = friends.start("anna");
        Friends.awaitDevice(anna, device -> true);
        rogue.call(friends.home("anna"));
        Friends.awaitTogether(anna);
    }

    @AfterEach
    void part() {
        rogue.close();
        friends.close();
    }

    /** What it does, and the rule it breaks with that. */
    private record Breach(String rule, Consumer<RogueDevice> what) { }

    private static final List<Breach> BREACHES = List.of(
            new Breach("device.flood", rogue -> many(1000, () -> rogue.say(new DeviceMessage.AskCatalogue(1, "", 0)))),
            new Breach("device.flood", rogue -> many(1000, () -> rogue.say(9, new byte[10]))),
            new Breach("device.flood", rogue -> many(30, () -> rogue.say(9, new byte[60_000]))),
            new Breach("device.flood", rogue -> many(1000, () -> rogue.with(PeerLink::keepAlive))),
            new Breach("device.unasked", rogue -> many(20, () -> rogue.say(new DeviceMessage.Metainfo(SOME, 1, 0, Bytes.copyOf(new byte[1]))))),
            new Breach("device.unasked", rogue -> many(20, () -> rogue.say(new DeviceMessage.Catalogue(1, List.of(item(1)), true)))),
            new Breach("device.unasked", rogue -> many(20, () -> rogue.say(new DeviceMessage.Answer(SOME, Reply.YES)))),
            new Breach("device.message", rogue -> rogue.say(1, "d1:t3:bye".getBytes(StandardCharsets.US_ASCII))),
            new Breach("device.message", rogue -> rogue.say(1, new byte[200_000])),
            new Breach("device.field", rogue -> rogue.say(1, "d1:t5:offere".getBytes(StandardCharsets.US_ASCII))),
            new Breach("device.not-a-torrent", rogue -> rogue.with(PeerLink::unchoke)),
            new Breach("device.not-a-torrent", rogue -> rogue.with(link -> link.request(0, 0, 16_384))),
            new Breach("device.not-a-torrent", rogue -> rogue.with(link -> link.have(0))),
            new Breach("wire.extended-handshake", rogue -> rogue.say(0, new byte[10])));

    @Test
    void whoBreaksTheRulesIsCutOffAndNobodyElse() throws Exception {
        TorrentFixture torrent = friends.torrent("bystander.bin", 200_000);
        done(anna.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(anna, torrent.hash(), TorrentState.SEEDING);

        try (RawPeer peer = RawPeer.dial(TestEngines.socketOf(anna), torrent.hash(), RawPeer.peerId("bystander"))) {
            assertThat(peer.readHandshake()).hasSize(RawPeer.HANDSHAKE_LENGTH);
            for (Breach breach : BREACHES) {
                breach.what().accept(rogue);
                rogue.awaitCutOff();
                await(breach.rule()).atMost(SOON).until(() -> events(anna, "device.cut-off"),
                        events -> events.stream().anyMatch(event -> event.fact("rule").equals(breach.rule())));
                rogue.call(friends.home("anna"));
            }
            peer.send(RawPeer.frame(2), RawPeer.frame(13, 0));
            assertThat(peer.readFrame(1).payload().length()).as("is unchoked, as anybody who is interested").isZero();
        }
    }

    @Test
    void tenThousandOffersFillNoMoreThanAHundredPlaces() throws Exception {
        for (int i = 0; i < 10_000 && !rogue.isCutOff(); i++) {
            rogue.say(new DeviceMessage.Offer(item(i)));
        }

        rogue.awaitCutOff();
        await().atMost(SOON).until(() -> anna.snapshot().devices().offers(), offers -> !offers.isEmpty() && offers.size() <= OfferBook.PER_DEVICE);
        assertThat(events(anna, "device.offer")).hasSizeLessThan(150);
        rogue.call(friends.home("anna"));
        for (int i = 20_000; i < 20_100 && !rogue.isCutOff(); i++) {
            rogue.say(new DeviceMessage.Offer(item(i)));
        }
        rogue.awaitCutOff();
        assertThat(events(anna, "device.offer")).as("a new connection gives no new allowance").hasSizeLessThan(170);
    }

    @Test
    void offerIsShownOnceAndTellsNothingOfTheLibrary() throws Exception {
        TorrentFixture secret = friends.torrent("secret.bin", 20_000);
        done(anna.add(AddRequest.seed(secret.file(), secret.home())));
        Item known = new Item(secret.hash(), "\u202eguess", 20_000, 1, "do you have this?");

        rogue.say(new DeviceMessage.Offer(known));
        rogue.say(new DeviceMessage.Offer(known));
        rogue.say(new DeviceMessage.GetMetainfo(secret.hash(), 0));

        DeviceOffer offer = Friends.awaitOffer(anna);
        assertThat(offer.name()).isEqualTo("guess");
        await().atMost(SOON).until(() -> rogue.heard().stream().anyMatch(message -> message.kind() == DeviceMessage.Kind.METAINFO));
        assertThat(rogue.heard()).contains(new DeviceMessage.Metainfo(secret.hash(), 0, 0, Bytes.EMPTY))
                .noneMatch(message -> message.kind() == DeviceMessage.Kind.ANSWER);
        assertThat(events(anna, "device.offer")).hasSize(1);
    }

    @Test
    void anotherTorrentThanWasOfferedIsNotTaken() throws Exception {
        TorrentFixture other = friends.torrent("other.bin", 20_000);
        byte[] info = other.metainfo().infoBytes();
        rogue.replying((self, message) -> {
            if (message instanceof DeviceMessage.GetMetainfo get) {
                self.say(new DeviceMessage.Metainfo(get.hash(), info.length, get.at(), Bytes.copyOf(info)));
            }
        });
        rogue.say(new DeviceMessage.Offer(item(5)));
        Friends.awaitOffer(anna);

        assertThat(refused(anna.devices().accept(hash(5), temp.resolve("inbox"))).rule()).isEqualTo("device.metainfo");

        rogue.awaitCutOff();
        awaitEvent(anna, "device.cut-off");
        assertThat(anna.snapshot().torrents()).isEmpty();
    }

    @Test
    void torrentWithMoreThanItsInfoDictionaryIsNotTaken() throws Exception {
        TorrentFixture other = friends.torrent("other.bin", 20_000);
        byte[] info = other.metainfo().infoBytes();
        byte[] more = new String(info, StandardCharsets.ISO_8859_1).concat("8:announce20:http://127.0.0.1:1/a").getBytes(StandardCharsets.ISO_8859_1);
        rogue.replying((self, message) -> {
            if (message instanceof DeviceMessage.GetMetainfo get) {
                self.say(new DeviceMessage.Metainfo(get.hash(), more.length, get.at(), Bytes.copyOf(more)));
            }
        });

        assertThat(refused(anna.devices().take(new CatalogueItem(other.hash(), friends.id("rogue"), "rogue", "x", 1, 1, "", false), temp)).rule())
                .isEqualTo("device.metainfo");
    }

    @Test
    void catalogueWithoutAnEndIsCutOff() {
        rogue.replying((self, message) -> {
            if (message instanceof DeviceMessage.AskCatalogue ask) {
                self.say(new DeviceMessage.Catalogue(ask.number(), Collections.nCopies(100, item(1)), true));
            }
        });

        assertThat(done(anna.devices().catalogue(friends.id("rogue"), ""))).hasSize(DeviceMessage.MAX_CATALOGUE);
        assertThat(rogue.isCutOff()).isFalse();

        rogue.replying((self, message) -> {
            if (message instanceof DeviceMessage.AskCatalogue ask) {
                self.say(new DeviceMessage.Catalogue(ask.number(), List.of(), true));
            }
        });
        failed(anna.devices().catalogue(friends.id("rogue"), ""));
        awaitEvent(anna, "device.cut-off");
    }

    @Test
    void metainfoInCrumbsIsCutOff() {
        rogue.replying((self, message) -> {
            if (message instanceof DeviceMessage.GetMetainfo get) {
                self.say(new DeviceMessage.Metainfo(get.hash(), 10 << 20, get.at(), Bytes.copyOf(new byte[1])));
            }
        });

        failed(anna.devices().take(new CatalogueItem(SOME, friends.id("rogue"), "rogue", "x", 1, 1, "", false), temp));

        awaitEvent(anna, "device.cut-off");
        assertThat(events(anna, "device.cut-off").get(0).fact("rule")).isEqualTo("device.metainfo");
    }

    @Test
    void askedDeviceThatIsSilentIsGivenUp() {
        assertThat(failed(anna.devices().catalogue(friends.id("rogue"), ""))).contains("did not answer");
    }

    @Test
    void whatIsNotAsItWasOfferedIsNotTaken() throws Exception {
        TorrentFixture other = friends.torrent("other.bin", 20_000);
        byte[] info = other.metainfo().infoBytes();
        rogue.replying((self, message) -> {
            if (message instanceof DeviceMessage.GetMetainfo get) {
                self.say(new DeviceMessage.Metainfo(get.hash(), info.length, get.at(), Bytes.copyOf(info)));
            }
        });

        for (Item told : List.of(new Item(other.hash(), "other.bin", 1000, 1, ""), new Item(other.hash(), "holiday.jpg", 20_000, 1, ""),
                new Item(other.hash(), "other.bin", 20_000, 7, ""))) {
            rogue.call(friends.home("anna"));
            rogue.say(new DeviceMessage.Offer(told));
            await().atMost(SOON).until(() -> anna.snapshot().devices().offers().stream().anyMatch(offer -> offer.bytes() == told.bytes()
                    && offer.files() == told.files() && offer.name().equals(told.name())));
            assertThat(refused(anna.devices().accept(other.hash(), temp.resolve("inbox"))).rule()).as("%s", told).isEqualTo("device.metainfo");
            rogue.awaitCutOff();
        }
        assertThat(anna.snapshot().torrents()).isEmpty();
    }

    @Test
    void oneDeviceHasOnePlaceInATorrentWhateverItCallsItself() throws Exception {
        TorrentFixture torrent = friends.torrent("wanted.bin", 200_000);
        done(anna.add(AddRequest.seed(torrent.file(), torrent.home())));
        awaitState(anna, torrent.hash(), TorrentState.SEEDING);
        int pieces = torrent.metainfo().pieceCount();

        var first = rogue.join(friends.home("anna"), torrent.hash(), pieces, "first");
        await().atMost(SOON).until(() -> anna.details(torrent.hash()).join().orElseThrow().peers().size() == 1);
        var second = rogue.join(friends.home("anna"), torrent.hash(), pieces, "second");

        await().atMost(SOON).until(() -> first.get().isPresent());
        assertThat(second.get()).isEmpty();
        assertThat(anna.details(torrent.hash()).join().orElseThrow().peers()).hasSize(1);
    }

    @Test
    void whoSaysToBeWhereAnotherDeviceIsIsNotBelieved() throws Exception {
        try (Friends three = new Friends(Files.createDirectories(temp.resolve("three")), "anna", "bert", "rogue");
                RogueDevice impostor = new RogueDevice(three.folder("rogue"))) {
            Engine here = three.start("anna");
            await().atMost(SOON).until(() -> here.snapshot().devices().devices().size() == 2);
            impostor.call(three.home("anna"));
            impostor.say(new DeviceMessage.Hello(1, 0, List.of(three.home("bert"), Friends.local(9)), "rogue"));

            assertThat(await().atMost(SOON).until(() -> here.snapshot().devices().devices().stream()
                    .filter(device -> device.id().equals(three.id("rogue"))).findFirst().orElseThrow().addresses(),
                    addresses -> addresses.contains(Friends.local(9)))).doesNotContain(three.home("bert"));
        }
    }

    @Test
    void pairingThatDoesNotGoOnHoldsFewPlaces() {
        for (int i = 0; i < 4; i++) {
            assertThat(rogue.knock(friends.home("anna"))).isTrue();
        }

        assertThat(rogue.knock(friends.home("anna"))).isFalse();
    }

    @Test
    void inClearTheChannelIsATorrentThatIsNotThere() throws Exception {
        try (RawPeer stranger = RawPeer.dial(TestEngines.socketOf(anna), DeviceMessage.CHANNEL, RawPeer.peerId("stranger"))) {
            assertThat(stranger.drainToEnd()).isZero();
        }
    }

    private static void many(int times, Runnable what) {
        for (int i = 0; i < times; i++) {
            what.run();
        }
    }

    private static InfoHash hash(int number) {
        return new InfoHash(String.format("%040x", number));
    }

    private static Item item(int number) {
        return new Item(hash(number), "thing " + number, 1000, 1, "");
    }
}
