package org.sallyport.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.discovery.TrackerFixtures.OPEN_GATE;
import static org.sallyport.core.discovery.TrackerFixtures.failure;
import static org.sallyport.core.discovery.TrackerFixtures.request;
import static org.sallyport.core.discovery.TrackerFixtures.rule;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sallyport.core.testkit.TestTracker;

/** Invariant I4: a tracker that cannot prove its name is told nothing. */
class TrackerCertificateTest {
    private static final char[] PASSWORD = "changeit".toCharArray();

    @TempDir
    static Path folder;
    private static SSLContext good;

    @BeforeAll
    static void makeCertificate() throws Exception {
        good = certificate();
    }

    private static SSLContext certificate() throws Exception {
        Path store = folder.resolve("tracker.p12");
        Process keytool = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-genkeypair", "-alias", "t", "-keyalg", "EC",
                "-dname", "CN=tracker.example", "-ext", "SAN=dns:tracker.example", "-storetype", "PKCS12", "-validity", "2",
                "-keystore", store.toString(), "-storepass", new String(PASSWORD)).redirectErrorStream(true).start();
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS) && keytool.exitValue() == 0)
                .as(() -> output(keytool)).isTrue();
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        KeyManagerFactory keyManagers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keyManagers.init(keys, PASSWORD);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("t", keys.getCertificate("t"));
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keyManagers.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), Charset.defaultCharset());
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static TrackerClient client(SSLContext trusted) {
        NameLookup.Names names = host -> new InetAddress[] {InetAddress.getLoopbackAddress()};
        return new TrackerClient(OPEN_GATE, "Sallyport/0.1",
                new TrackerSurroundings(names, AddressScope::of, trusted, Duration.ofSeconds(30), Duration.ofSeconds(10)));
    }

    private static String url(TestTracker tracker, String host) {
        return "https://" + host + ":" + tracker.port() + "/announce";
    }

    @Test
    void selfSignedCertificateIsRefused() {
        try (TestTracker tracker = TestTracker.startTls(good); TrackerClient client = client(TrackerFixtures.systemTls())) {
            assertThat(rule(() -> client.announce(url(tracker, "tracker.example"), request(), ""))).isEqualTo("discovery.certificate");
            assertThat(tracker.requests()).isEmpty();
        }
    }

    @Test
    void clientAsTheProgramMakesItRefusesItToo() {
        try (TestTracker tracker = TestTracker.startTls(good); TrackerClient client = TrackerFixtures.client()) {
            assertThat(rule(() -> client.announce(url(tracker, "127.0.0.1"), request(), ""))).isEqualTo("discovery.certificate");
            assertThat(tracker.requests()).isEmpty();
        }
    }

    @Test
    void trustedCertificateOfTheRightNameIsAccepted() throws TrackerException {
        try (TestTracker tracker = TestTracker.startTls(good); TrackerClient client = client(good)) {
            client.announce(url(tracker, "tracker.example"), request(), "");

            assertThat(tracker.announces()).hasSize(1);
        }
    }

    @Test
    void trustedCertificateOfAnotherNameIsRefused() {
        try (TestTracker tracker = TestTracker.startTls(good); TrackerClient client = client(good)) {
            assertThat(rule(() -> client.announce(url(tracker, "other.example"), request(), ""))).isEqualTo("discovery.certificate");
            assertThat(rule(() -> client.announce(url(tracker, "127.0.0.1"), request(), ""))).isEqualTo("discovery.certificate");
            assertThat(tracker.requests()).isEmpty();
        }
    }

    @Test
    void httpsAddressOfAPlainServerFails() {
        try (TestTracker tracker = TestTracker.start(); TrackerClient client = TrackerFixtures.client()) {
            assertThat(failure(() -> client.announce(url(tracker, "127.0.0.1"), request(), "")))
                    .hasMessage("No protected connection to the tracker could be made.");
        }
    }

    @Test
    void redirectFromProtectedToUnprotectedIsRefused() {
        try (TestTracker tracker = TestTracker.startTls(good); TestTracker plain = TestTracker.start(); TrackerClient client = client(good)) {
            String redirect = tracker.redirectUrl(plain.announceUrl()).replace("127.0.0.1", "tracker.example");

            assertThat(rule(() -> client.announce(redirect, request(), ""))).isEqualTo("discovery.redirect-downgrade");
            assertThat(plain.connections()).isZero();
        }
    }

    @Test
    void redirectFromUnprotectedToProtectedIsFollowed() throws TrackerException {
        try (TestTracker plain = TestTracker.start(); TestTracker tracker = TestTracker.startTls(good); TrackerClient client = client(good)) {
            client.announce(plain.redirectUrl(url(tracker, "tracker.example")), request(), "");

            assertThat(tracker.announces()).hasSize(1);
        }
    }
}
