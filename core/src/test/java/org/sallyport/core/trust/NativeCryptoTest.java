package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.Security;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NativeCryptoTest {
    private static final String GCM = "AES/GCM/NoPadding";
    /** The native code that we ship is for these. */
    private static final boolean SHIPPED = "Linux".equals(System.getProperty("os.name")) && "amd64".equals(System.getProperty("os.arch"));

    @TempDir
    private Path folder;

    @Test
    void theCiphersOfAConnectionAreNativeWhereThatIsShipped() throws Exception {
        TestDevice ann = TestDevice.make(folder);
        TestDevice ben = TestDevice.make(folder);

        EngineTalk talk = new EngineTalk(ben.tls().dial(ann.paired()), ann.tls().answer(ben.paired())).run();

        assertThat(talk.bothOpen()).isTrue();
        assertThat(Cipher.getInstance(GCM).getProvider().getName().equals(NativeCrypto.PROVIDER)).isEqualTo(SHIPPED);
    }

    @Test
    void nothingElseIsTakenFromAnotherProviderThanBefore() {
        assertThat(NativeCrypto.prefer()).isEqualTo(SHIPPED);

        Optional<Provider> ours = Optional.ofNullable(Security.getProvider(NativeCrypto.PROVIDER));
        assertThat(ours.map(Provider::getServices).orElse(Set.of())).extracting(service -> service.getType() + " " + service.getAlgorithm())
                .containsExactlyInAnyOrderElementsOf(SHIPPED ? List.of("Cipher " + GCM, "MessageDigest SHA-1", "MessageDigest SHA-256") : List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-1", "SHA-256"})
    void itsDigestsAreThoseOfTheJdk(String algorithm) throws Exception {
        NativeCrypto.prefer();
        byte[] text = new byte[100_003];
        new Random(7).nextBytes(text);
        MessageDigest ours = MessageDigest.getInstance(algorithm);
        MessageDigest jdk = MessageDigest.getInstance(algorithm, "SUN");
        assertThat(ours.getProvider().getName().equals(NativeCrypto.PROVIDER)).isEqualTo(SHIPPED);

        for (int from = 0; from < text.length; from += 9_001) {
            int length = Math.min(9_001, text.length - from);
            if (from % 2 == 0) {
                ours.update(text, from, length);
            } else {
                ours.update(ByteBuffer.allocateDirect(length).put(text, from, length).flip());
            }
            jdk.update(text, from, length);
        }

        assertThat(((MessageDigest) ours.clone()).digest()).isEqualTo(jdk.digest());
        assertThat(ours.digest()).as("the original goes on").hasSize(ours.getDigestLength());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 15, 16, 17, 1000, 16_384, 16_401})
    void itSpeaksWithTheCipherOfTheJdk(int length) throws Exception {
        NativeCrypto.prefer();
        byte[] text = new byte[length];
        new Random(length).nextBytes(text);

        byte[] sealed = run(Cipher.getInstance(GCM), Cipher.ENCRYPT_MODE, text);

        assertThat(sealed).isEqualTo(run(Cipher.getInstance(GCM, "SunJCE"), Cipher.ENCRYPT_MODE, text));
        assertThat(run(Cipher.getInstance(GCM), Cipher.DECRYPT_MODE, sealed)).isEqualTo(text);
    }

    @Test
    void whatWasChangedOnTheWayIsRefused() throws Exception {
        NativeCrypto.prefer();
        byte[] sealed = run(Cipher.getInstance(GCM), Cipher.ENCRYPT_MODE, new byte[100]);
        sealed[50] ^= 1;

        assertThatThrownBy(() -> run(Cipher.getInstance(GCM), Cipher.DECRYPT_MODE, sealed)).isInstanceOf(AEADBadTagException.class);
    }

    private static byte[] run(Cipher cipher, int mode, byte[] text) throws GeneralSecurityException {
        cipher.init(mode, new SecretKeySpec(new byte[16], "AES"), new GCMParameterSpec(128, new byte[12]));
        cipher.updateAAD(new byte[] {23, 3, 3, 64, 17});
        return cipher.doFinal(text);
    }
}
