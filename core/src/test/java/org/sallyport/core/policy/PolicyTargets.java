package org.sallyport.core.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.testkit.FuzzTarget;

/** Lists of addresses that somebody made. */
public final class PolicyTargets {
    private static final int MAX = 1 << 20;

    private PolicyTargets() { }

    public static List<FuzzTarget> all() {
        return List.of(FuzzTarget.of("blocklist", PolicyTargets::blocklist,
                "Some name:1.2.3.4-1.2.3.9\nother, name:with colon:10.0.0.0-10.255.255.255\n", "001.002.003.004 - 001.002.003.009 , 000 , some\n",
                "# comment\n192.0.2.0/24\n2001:db8::/32\n2001:db8::1-2001:db8::9\n").and(packed()));
    }

    private static byte[] packed() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write("a:1.2.3.4-1.2.3.9\n".getBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static void blocklist(byte[] bytes) throws IOException {
        try {
            new BlocklistReader(MAX, MAX, 1000).readAll(new ByteArrayInputStream(bytes));
        } catch (RefusedException refused) {
            assertThat(refused.refusal().rule()).startsWith("blocklist.");
        }
    }
}
