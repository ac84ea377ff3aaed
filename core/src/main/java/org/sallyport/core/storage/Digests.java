package org.sallyport.core.storage;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-1 from the fastest provider that works here: AmazonCorrettoCryptoProvider's native code, else the JDK's. Each is
 * tried on a known answer before it is used.
 */
public final class Digests {
    private static final Logger LOG = LoggerFactory.getLogger(Digests.class);
    /** FIPS 180-1, appendix A. */
    private static final String ABC = "a9993e364706816aba3e25717850c26c9cd0d89d";

    private Digests() { }

    private static final class Chosen {
        static final Optional<Provider> PROVIDER = choose();
    }

    /** Makes SHA-1 digests; any thread. The first call loads the provider. */
    public static Supplier<MessageDigest> sha1() {
        return () -> newSha1(Chosen.PROVIDER);
    }

    /** The JDK's own. */
    static Supplier<MessageDigest> jdkSha1() {
        return () -> newSha1(Optional.empty());
    }

    private static Optional<Provider> choose() {
        try {
            Provider corretto = AmazonCorrettoCryptoProvider.INSTANCE;
            if (corretto.getService("MessageDigest", "SHA-1") != null && knowsAbc(newSha1(Optional.of(corretto)))) {
                return Optional.of(corretto);
            }
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("no native SHA-1 on this system", e);
        }
        if (!knowsAbc(newSha1(Optional.empty()))) {
            throw new IllegalStateException("the JDK's SHA-1 gives a wrong answer");
        }
        return Optional.empty();
    }

    private static boolean knowsAbc(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest("abc".getBytes(StandardCharsets.US_ASCII))).equals(ABC);
    }

    private static MessageDigest newSha1(Optional<Provider> provider) {
        try {
            return provider.isPresent() ? MessageDigest.getInstance("SHA-1", provider.get()) : MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-1", e);
        }
    }
}
