package org.sallyport.core.storage;

import com.amazon.corretto.crypto.provider.SHA1Spi;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.security.Security;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SHA-1 from the fastest provider that works here. Each is tried on a known answer before it is used. Where the processor has instructions for
 * it, the JDK uses them when its optimising compiler runs, and that is as fast as anything. AmazonCorrettoCryptoProvider's native code is for
 * processors without, and for a process that the launcher has told to do without that compiler (decision 22).
 */
public final class Digests {
    private static final Logger LOG = LoggerFactory.getLogger(Digests.class);
    /** FIPS 180-1, appendix A. */
    private static final String ABC = "a9993e364706816aba3e25717850c26c9cd0d89d";

    /** Corretto's own word for it: the launcher has laid the native code ready. */
    private static final String READY = "com.amazon.corretto.crypto.provider.useExternalLib";

    /** What Linux tells of the processor; on other systems there is no such file. */
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    /** A line of {@link #CPU_INFO} on x86-64 and on 64-bit ARM, with the instructions as the kernel names them. */
    private static final Pattern SHA_1 = Pattern.compile("(flags|Features)\\s*:.* (sha_ni|sha1)( .*)?");

    private Digests() { }

    /** Corretto's SHA-1 alone: its own provider makes and tests some seventy services before it gives one. */
    private static final class CorrettoSha1 extends Provider {
        private static final long serialVersionUID = 1;

        CorrettoSha1() {
            super("SallyportSha1", "1", "SHA-1 of AmazonCorrettoCryptoProvider");
            putService(new Service(this, "MessageDigest", "SHA-1", SHA1Spi.class.getName(), null, null));
        }
    }

    private static final class Chosen {
        static final Optional<Provider> PROVIDER = choose();
    }

    /** Makes SHA-1 digests; any thread. The first that is made loads the provider. */
    public static Supplier<MessageDigest> sha1() {
        return () -> newSha1(Chosen.PROVIDER);
    }

    /** The JDK's own. */
    static Supplier<MessageDigest> jdkSha1() {
        Optional<Provider> provider = Optional.ofNullable(Security.getProvider("SUN"));
        return () -> newSha1(provider);
    }

    /** AmazonCorrettoCryptoProvider's, where it is right; else the JDK's. */
    static Supplier<MessageDigest> nativeSha1() {
        Optional<Provider> provider = corretto();
        return () -> newSha1(provider);
    }

    private static Optional<Provider> choose() {
        boolean jdkIsRight = knowsAbc(newSha1(Optional.empty()));
        Optional<Provider> fastest = jdkIsRight && !Boolean.getBoolean(READY) && hasInstructions(CPU_INFO) ? Optional.empty() : corretto();
        if (!jdkIsRight && fastest.isEmpty()) {
            throw new IllegalStateException("the JDK's SHA-1 gives a wrong answer");
        }
        return fastest;
    }

    private static Optional<Provider> corretto() {
        try {
            Provider corretto = new CorrettoSha1();
            if (knowsAbc(newSha1(Optional.of(corretto)))) {
                return Optional.of(corretto);
            }
        } catch (LinkageError | RuntimeException e) {
            LOG.debug("no native SHA-1 on this system", e);
        }
        return Optional.empty();
    }

    /** Whether the first processor has SHA-1 instructions; false where that cannot be told. */
    static boolean hasInstructions(Path cpuInfo) {
        try (BufferedReader lines = Files.newBufferedReader(cpuInfo, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null && !line.isEmpty(); line = lines.readLine()) {
                if (SHA_1.matcher(line).matches()) {
                    return true;
                }
            }
        } catch (IOException e) {
            LOG.debug("the processor's instructions are not known", e);
        }
        return false;
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
