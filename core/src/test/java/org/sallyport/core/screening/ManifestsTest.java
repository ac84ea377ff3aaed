package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sallyport.core.testkit.SignedTorrents.NOW;
import static org.sallyport.core.testkit.SignedTorrents.sha256;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sallyport.core.metainfo.FileEntry;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.trust.Minisign;
import org.sallyport.core.trust.Publisher;
import org.sallyport.core.trust.PublisherFile;
import org.sallyport.core.trust.TrustException;

class ManifestsTest {
    private static final String A = "a".repeat(64);
    private static final String HASH_OF_TEST = HexFormat.of().formatHex(sha256("test".getBytes()));
    /** The key, the signature and the file of the examples of minisign's implementations: made by minisign, not by us. */
    private static final String KEY = "untrusted comment: minisign public key\nRWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3\n";
    private static final String SIGNATURE = """
            untrusted comment: signature from minisign secret key
            RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/z7SrlQgXdy8ofjb7bNJJylDOocrCo8KLzZwo=
            trusted comment: timestamp:1556193335\tfile:test
            y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1FkZZSNCisQbuQY+bHwhEBg==
            """;

    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private Manifests read(Publisher... book) {
        List<FileEntry> entries = new ArrayList<>();
        files.forEach((path, content) -> entries.add(new FileEntry(entries.size(), path, 0, content.length, false)));
        return Manifests.read(entries, file -> {
            byte[] content = files.get(file.path());
            if (content.length == 0) {
                throw new FileNotFoundException("not here yet");
            }
            return new ByteArrayInputStream(content);
        }, List.of(book));
    }

    private void file(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s  a b.txt\n", "%s *a b.txt\r\n", "SHA256 (a b.txt) = %s\n", "# heading\n%s  ./a b.txt\n", "\\%s  a b.txt\n"})
    void bothFormsOfListsAreRead(String list) {
        HashList read = HashList.read(String.format(list, A).getBytes());

        assertThat(read.hashes()).isEqualTo(Map.of("a b.txt", Bytes.copyOf(HexFormat.of().parseHex(A))));
    }

    @ParameterizedTest
    @ValueSource(strings = {"%s  ../x", "%s  /etc/passwd", "%s  a/../../x", "%sf  x", "%s x", "MD5 (x) = %s", "SHA256 () = %s", "%s  "})
    void whatIsNoEntryIsPassedOver(String line) {
        assertThat(HashList.read(String.format(line, A).getBytes()).hashes()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"d/SHA256SUMS, true", "sha256sum.txt, true", "disk.iso.sha256, true", "disk.iso.minisig, true", "disk.iso, false",
            "my sha256 notes.txt, false"})
    void theyAreKnownByTheirNames(String path, boolean isOne) {
        assertThat(Manifests.isOne(path)).isEqualTo(isOne);
    }

    @Test
    void theBadFileIsNamedAndTheGoodOneIsNot() {
        file("album/SHA256SUMS", HASH_OF_TEST + "  good.txt\n" + HASH_OF_TEST + "  sub/bad.txt\n");
        file("album/good.txt", "test");
        file("album/sub/bad.txt", "tess");
        file("album/other.txt", "x");

        Manifests manifests = read();

        assertThat(manifests.problem(1, sha256(files.get("album/good.txt")))).isEmpty();
        assertThat(manifests.problem(2, sha256(files.get("album/sub/bad.txt"))))
                .hasValueSatisfying(sentence -> assertThat(sentence).contains("list of hashes"));
        assertThat(manifests.problem(3, sha256(files.get("album/other.txt")))).isEmpty();
    }

    @Test
    void aListThatSaysTwoThingsFitsNothing() {
        file("SHA256SUMS", HASH_OF_TEST + "  a\n" + A + "  a\n");
        file("a", "test");

        assertThat(read().problem(1, sha256("test".getBytes()))).isPresent();
    }

    @Test
    void whatMinisignSignedIsVerified() throws TrustException {
        file("test", "test");
        file("test.minisig", SIGNATURE);
        Publisher signer = signer();

        assertThat(signer.id()).isEqualTo("minisign.E7620F1842B4E81F");
        assertThat(read(signer).problems()).isEmpty();
        assertThat(read(signer).notes()).containsExactly("\"test\" is signed by Frank.");
        assertThat(read().notes()).singleElement().asString().contains("not in your publisher book");
    }

    @Test
    void aChangedFileOrCommentIsNamed() throws TrustException {
        file("test", "tesT");
        file("test.minisig", SIGNATURE);
        assertThat(read(signer()).problems().get(0)).contains("Frank signed it");

        file("test", "test");
        file("test.minisig", SIGNATURE.replace("1556193335", "1556193336"));
        assertThat(read(signer()).problems()).containsKey(0);
    }

    @Test
    void aSignatureThatIsNoneIsNamedItself() throws TrustException {
        file("test", "test");
        file("test.minisig", "junk");

        assertThat(read(signer()).problems()).containsOnlyKeys(1);
    }

    @Test
    void whatHasNotArrivedSaysNothing() throws TrustException {
        file("test", "test");
        file("test.minisig", "");
        file("SHA256SUMS", "");

        assertThat(read(signer())).isEqualTo(new Manifests(Map.of(), Map.of(), List.of()));
    }

    private static Publisher signer() throws TrustException {
        PublisherFile.Introduction read = PublisherFile.read(KEY.getBytes());
        return new Publisher(read.id(), read.key(), "Frank", NOW, false);
    }

    @Property(tries = 500)
    void anyBytesAreReadOrRefused(@ForAll byte[] content, @ForAll byte[] inner) {
        byte[] signature = ("untrusted comment: x\n" + Base64.getEncoder().encodeToString(inner) + "\ntrusted comment: x\n"
                + Base64.getEncoder().encodeToString(content) + "\n").getBytes();
        for (byte[] each : List.of(content, inner, signature, Arrays.copyOf(SIGNATURE.getBytes(), content.length))) {
            assertThat(HashList.read(each).hashes().size()).isLessThanOrEqualTo(HashList.MAX_FILES);
            try {
                assertThat(Minisign.read(each).signature().length()).isEqualTo(64);
            } catch (TrustException refused) {
                assertThat(refused).hasMessageStartingWith("this ");
            }
        }
    }
}
