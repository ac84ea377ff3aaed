package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.trust.Devices.ADDRESSES;
import static org.sallyport.core.trust.Devices.RANDOM;

import java.nio.file.Path;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.persist.StateDatabase;

/** From a code on a screen to a trusted connection, and what is left of it after the device was removed. */
class PairingStoryTest {
    private final SetClock clock = new SetClock();

    /** One device: what it keeps and whom it answers. */
    private final class Device implements AutoCloseable {
        final Identity identity;
        final StateDatabase database;
        final DeviceBook book;
        final PeerTls tls;
        final TokenDesk desk;

        Device(Path folder) throws Exception {
            identity = Identity.open(folder, clock);
            database = StateDatabase.open(folder.resolve("state.db"));
            book = DeviceBook.open(database, identity, folder, clock);
            tls = new PeerTls(identity, clock);
            desk = new TokenDesk(identity.id(), clock);
        }

        void keep(PairingDialogue dialogue) throws Exception {
            PairingDialogue.Partner partner = dialogue.result().orElseThrow();
            Outcome<PairedDevice> added = book.add(partner.publicKey(), partner.name(), partner.addresses(), partner.pairKey());
            assertThat(added.isDone()).isTrue();
            serve();
        }

        void serve() {
            desk.serve(book.devices(), book.awaited());
        }

        PairingDialogue dialogue(boolean initiates, EngineTalk.Side side) throws Exception {
            return new PairingDialogue(initiates, identity.publicKey(), new DeviceName("Laptop"), ADDRESSES, tls.verify(side.engine), RANDOM);
        }

        @Override
        public void close() throws Exception {
            database.close();
        }
    }

    @Test
    void aCodeLeadsToATrustedConnectionBothWaysUntilOneSideRemovesTheOther(@TempDir Path one, @TempDir Path other) throws Exception {
        try (Device ann = new Device(one); Device ben = new Device(other)) {
            pair(ann, ben);

            PairedDevice annForBen = ben.book.find(ann.identity.id()).orElseThrow();
            PairedDevice benForAnn = ann.book.find(ben.identity.id()).orElseThrow();
            assertThat(call(ben, annForBen, ann)).isTrue();
            assertThat(call(ann, benForAnn, ben)).isTrue();

            ann.book.remove(ben.identity.id());
            ann.serve();
            assertThat(call(ben, annForBen, ann)).isFalse();
        }
    }

    private void pair(Device ann, Device ben) throws Exception {
        PairingOffer offer = PairingOffer.make(ann.identity.id(), ADDRESSES, clock, RANDOM);
        ann.desk.offer(offer);
        SSLEngine reader = ben.tls.dialPairing(PairingCode.parse(offer.code().text()));
        assertThat(ann.desk.find(name(reader)).kind()).isEqualTo(Caller.Kind.INVITED);
        EngineTalk talk = new EngineTalk(reader, ann.tls.answerInvited()).run();
        PairingDialogue ofBen = ben.dialogue(true, talk.client);
        PairingDialogue ofAnn = ann.dialogue(false, talk.server);

        ofAnn.receive(ofBen.receive(ofAnn.receive(ofBen.start())));
        assertThat(ofAnn.words()).isPresent().isEqualTo(ofBen.words());
        ofAnn.receive(ofBen.confirm());
        ofBen.receive(ofAnn.confirm());

        ann.keep(ofAnn);
        ben.keep(ofBen);
        offer.complete();
    }

    /** @return whether the connection came about */
    private static boolean call(Device from, PairedDevice callee, Device to) throws Exception {
        SSLEngine engine = from.tls.dial(callee);
        if (!(to.desk.find(name(engine)) instanceof Caller.Paired caller)) {
            return false;
        }
        EngineTalk talk = new EngineTalk(engine, to.tls.answer(caller.device())).run();
        return talk.bothOpen() && List.of(to.identity.id(), from.identity.id())
                .equals(List.of(from.tls.verify(talk.client.engine).id(), to.tls.verify(talk.server.engine).id()));
    }

    private static String name(SSLEngine engine) {
        return ((SNIHostName) engine.getSSLParameters().getServerNames().get(0)).getAsciiName();
    }
}
