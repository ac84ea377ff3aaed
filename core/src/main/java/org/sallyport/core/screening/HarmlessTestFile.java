package org.sallyport.core.screening;

import java.nio.charset.StandardCharsets;

/** The EICAR test file: harmless, and every antivirus program must report it (eicar.org, "Anti Malware Testfile"). */
final class HarmlessTestFile {
    /** Backwards, or antivirus programs would take this program itself away. */
    private static final String BACKWARDS = "*H+H$!ELIF-TSET-SURIVITNA-DRADNATS-RACIE$}7)CC7)^P(45XZP\\4[PA@%P!O5X";

    private HarmlessTestFile() { }

    static byte[] bytes() {
        return new StringBuilder(BACKWARDS).reverse().toString().getBytes(StandardCharsets.US_ASCII);
    }
}
