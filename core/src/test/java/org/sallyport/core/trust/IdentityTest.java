package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class IdentityTest {
    @TempDir
    Path folder;
    private final SetClock clock = new SetClock();

    @Test
    void itIsMadeOnceAndTheSameEverAfter() throws Exception {
        Identity made = Identity.open(folder, clock);
        Identity again = Identity.open(folder, clock);

        assertThat(again.id()).isEqualTo(made.id()).isEqualTo(DeviceId.of(made.publicKey()));
        assertThat(again.certificate()).isEqualTo(made.certificate());
        assertThat(again.sealKey()).isEqualTo(made.sealKey()).hasSize(32);
        assertThat(again.privateKey()).isEqualTo(made.privateKey());
    }

    @Test
    void theCertificateSaysNothingButTheKey() throws Exception {
        Identity identity = Identity.open(folder, clock);
        var certificate = identity.certificate();

        assertThat(certificate.getSubjectX500Principal().getName()).isEqualTo("CN=peer");
        assertThat(certificate.getIssuerX500Principal().getName()).isEqualTo("CN=peer");
        assertThat(certificate.getSubjectAlternativeNames()).isNull();
        assertThat(certificate.getNonCriticalExtensionOIDs()).isNull();
        assertThat(certificate.getSigAlgName()).isEqualTo("SHA256withECDSA");
        assertThat(((ECPublicKey) certificate.getPublicKey()).getParams().getOrder().bitLength()).isEqualTo(256);
        assertThat(Duration.between(clock.instant(), certificate.getNotAfter().toInstant())).isBetween(Duration.ofDays(3650), Duration.ofDays(3653));
        certificate.verify(certificate.getPublicKey());
        String text = new String(certificate.getEncoded(), StandardCharsets.ISO_8859_1);
        assertThat(text).doesNotContain(System.getProperty("user.name"));
    }

    @Test
    void everyIdentityIsAnother() throws Exception {
        Identity one = Identity.open(folder, clock);
        Identity other = Identity.open(Files.createDirectory(folder.resolve("other")), clock);

        assertThat(other.id()).isNotEqualTo(one.id());
        assertThat(other.certificate().getSerialNumber()).isNotEqualTo(one.certificate().getSerialNumber()).isPositive();
        assertThat(other.sealKey()).isNotEqualTo(one.sealKey());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "permissions are not POSIX ones there")
    void itsFilesAreForTheOwnerOnly() throws Exception {
        Identity.open(folder, clock);

        try (var files = Files.list(folder)) {
            assertThat(files).hasSize(2).allSatisfy(file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).as(file.toString()).isEqualTo("rw-------"));
        }
    }

    @Test
    void theStoreIsAPkcs12ThatOpensWithThePassphraseBesideIt() throws Exception {
        Identity identity = Identity.open(folder, clock);

        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(folder.resolve("identity.p12"))) {
            store.load(in, Files.readString(folder.resolve("identity.pass")).toCharArray());
        }

        assertThat(store.getCertificate("identity")).isEqualTo(identity.certificate());
        assertThat(Files.readString(folder.resolve("identity.pass"))).hasSize(52);
    }

    @Test
    void aResetMakesAnotherKeyAndKeepsTheSeal() throws Exception {
        Identity old = Identity.open(folder, clock);

        Identity fresh = old.reset();

        assertThat(fresh.id()).isNotEqualTo(old.id());
        assertThat(fresh.sealKey()).isEqualTo(old.sealKey());
        assertThat(Identity.open(folder, clock).id()).isEqualTo(fresh.id());
    }

    @Test
    void aKeyThatCannotBeReadIsNeverReplacedSilently() throws Exception {
        DeviceId id = Identity.open(folder, clock).id();
        Path store = folder.resolve("identity.p12");
        byte[] whole = Files.readAllBytes(store);
        String passphrase = Files.readString(folder.resolve("identity.pass"));

        Files.write(store, Arrays.copyOf(whole, whole.length / 2));
        assertThatThrownBy(() -> Identity.open(folder, clock)).isInstanceOf(TrustException.class).hasMessageContaining("reset the identity");
        Files.write(store, new byte[0]);
        assertThatThrownBy(() -> Identity.open(folder, clock)).isInstanceOf(TrustException.class);
        Files.write(store, whole);
        Files.writeString(folder.resolve("identity.pass"), "a".repeat(52));
        assertThatThrownBy(() -> Identity.open(folder, clock)).isInstanceOf(TrustException.class).message().doesNotContain("aaaa");
        Files.delete(folder.resolve("identity.pass"));
        assertThatThrownBy(() -> Identity.open(folder, clock)).isInstanceOf(TrustException.class);

        Files.writeString(folder.resolve("identity.pass"), passphrase);
        assertThat(Identity.open(folder, clock).id()).isEqualTo(id);
    }

    @Test
    void aPersonMayReplaceAKeyThatCannotBeRead() throws Exception {
        Identity.open(folder, clock);
        Files.writeString(folder.resolve("identity.pass"), "");

        Identity fresh = Identity.replace(folder, clock);

        assertThat(Identity.open(folder, clock).id()).isEqualTo(fresh.id());
        assertThat(Files.readString(folder.resolve("identity.pass"))).hasSize(52);
    }

    @Test
    void theCertificateIsIssuedAgainForTheSameKeyInItsLastYear() throws Exception {
        Identity old = Identity.open(folder, clock);
        clock.move(Duration.ofDays(3300));

        Identity renewed = Identity.open(folder, clock);

        assertThat(renewed.id()).isEqualTo(old.id());
        assertThat(renewed.certificate().getNotAfter().toInstant()).isAfter(clock.instant().plus(Duration.ofDays(3650)));
        assertThat(Identity.open(folder, clock).certificate()).isEqualTo(renewed.certificate());
    }

    @Test
    void aCertificateMadeInTheFutureIsIssuedAgain() throws Exception {
        clock.move(Duration.ofDays(400));
        Identity early = Identity.open(folder, clock);
        clock.move(Duration.ofDays(-400));

        assertThat(Identity.open(folder, clock).certificate().getNotBefore().toInstant()).isBefore(clock.instant());
        assertThat(Identity.open(folder, clock).id()).isEqualTo(early.id());
    }

    @Test
    void itPrintsItsIdOnly() throws Exception {
        Identity identity = Identity.open(folder, clock);

        assertThat(identity).hasToString("Identity(" + identity.id().shortText() + ")");
    }
}
