package org.sallyport.core.trust;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** A device for the tests of other packages, and those who pretend to be it. Its clock stands still. */
public final class TestDevice {
    private static final SetClock CLOCK = new SetClock();

    private final Identity identity;
    private final PeerTls tls;
    private final TokenDesk desk;

    /** Callers that lie, each in one way, and what rule refuses them once their token was good. */
    public enum Pretender {
        OTHER_KEY("tls.unknown-peer"), TWO_CERTIFICATES("tls.cert-chain"), NO_CERTIFICATE("tls.cert-missing"), TLS_1_2("tls.bad-version"),
        NO_PROTOCOL("tls.alpn"), PAIRING_PROTOCOL("tls.alpn");

        private final String rule;

        Pretender(String rule) {
            this.rule = rule;
        }

        public String rule() {
            return rule;
        }
    }

    private TestDevice(Identity identity) {
        this.identity = identity;
        this.tls = new PeerTls(identity, CLOCK);
        this.desk = new TokenDesk(identity.id(), CLOCK);
    }

    public static TestDevice make(Path folder) throws Exception {
        return new TestDevice(Identity.open(Files.createTempDirectory(folder, "device"), CLOCK));
    }

    public Identity identity() {
        return identity;
    }

    public PeerTls tls() {
        return tls;
    }

    /** Knows nobody, until told. For one thread. */
    public TokenDesk desk() {
        return desk;
    }

    /** As each other device here keeps it. */
    public PairedDevice paired() {
        return Devices.paired(identity.publicKey(), Devices.pairKey(1));
    }

    /** As a device keeps it that was told its id. */
    public AwaitedDevice awaited() {
        return Devices.awaited(identity.id());
    }

    public PairingOffer offer() throws Exception {
        return PairingOffer.make(identity.id(), List.of(), CLOCK, Devices.RANDOM);
    }

    public PairingDialogue dialogue(boolean initiates, VerifiedPeer other) {
        return new PairingDialogue(initiates, identity.publicKey(), Devices.awaited(identity.id()).name(), List.of(), other, Devices.RANDOM);
    }

    /** A token that calls {@code device} in the name of this one; each good for once. */
    public String token(TestDevice device) {
        return serverName(tls.dial(device.paired()));
    }

    public static String serverName(SSLEngine dialled) {
        return ((SNIHostName) dialled.getSSLParameters().getServerNames().get(0)).getAsciiName();
    }

    /** An engine that calls in the name of this device, with one lie. @param serverName if there is one */
    public SSLEngine pretend(Pretender how, Optional<String> serverName) throws Exception {
        KeyPair other = SelfSigned.newKey(Devices.RANDOM);
        TlsParty party = switch (how) {
            case OTHER_KEY -> TlsParty.with(other);
            case TWO_CERTIFICATES -> TlsParty.with(identity.privateKey(), identity.certificate(), TlsParty.with(other).certificate());
            case NO_CERTIFICATE -> TlsParty.withoutKey();
            case TLS_1_2 -> own().versions("TLSv1.2");
            case NO_PROTOCOL -> own().alpn();
            case PAIRING_PROTOCOL -> own().alpn(PeerTls.PAIRING_PROTOCOL);
        };
        SSLEngine engine = party.client();
        SSLParameters parameters = engine.getSSLParameters();
        serverName.ifPresent(name -> parameters.setServerNames(List.of(new SNIHostName(name))));
        engine.setSSLParameters(parameters);
        return engine;
    }

    private TlsParty own() {
        return TlsParty.with(identity.privateKey(), identity.certificate());
    }
}
