package org.sallyport.core.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.testkit.SignedTorrents;
import org.sallyport.core.trust.PublisherBook.KeyKind;
import org.sallyport.core.trust.PublisherBook.NewKey;

class PublisherBookTest {
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);
    private static final PublisherKey KEY = key("Ed25519");
    private static final PublisherKey OTHER = key("Ed25519");

    @TempDir
    private Path folder;

    private static PublisherKey key(String algorithm) {
        return PublisherKey.of(SignedTorrents.keyPair(algorithm).getPublic());
    }

    private PublisherBook open() {
        return PublisherBook.open(folder, CLOCK);
    }

    @Test
    void aBookThatWasNeverWrittenIsEmptyAndLeavesNothingBehind() {
        PublisherBook book = open();

        assertThat(book.publishers()).isEmpty();
        assertThat(book.tampered()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void whatIsAddedIsThereAfterARestartAndForItsOwnerOnly() throws Exception {
        Publisher added = open().add("org.example", KEY, " Example Press ");

        PublisherBook again = open();

        assertThat(again.publishers()).containsExactly(new Publisher("org.example", KEY, "Example Press", CLOCK.instant(), false));
        assertThat(again.find("org.example")).contains(added);
        try (var files = Files.list(folder)) {
            assertThat(files).isNotEmpty().allSatisfy(file ->
                    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------"));
        }
    }

    @Test
    void whatIsRemovedIsGone() throws Exception {
        PublisherBook book = open();
        book.add("org.example", KEY, "Example");
        book.add("org.other", OTHER, "Other");

        book.remove("org.example");

        assertThat(open().publishers()).extracting(Publisher::id).containsExactly("org.other");
        assertThat(refusal(() -> book.remove("org.example"))).isEqualTo("publisher.unknown");
    }

    @Test
    void anotherProcessSeesWhatWasAdded() throws Exception {
        PublisherBook one = open();
        PublisherBook two = open();

        one.add("org.example", KEY, "Example");
        two.add("org.other", OTHER, "Other");
        one.reload();

        assertThat(one.publishers()).hasSize(2);
    }

    @Test
    void aKnownIdDoesNotTakeAnotherKey() throws Exception {
        PublisherBook book = open();
        book.add("org.example", KEY, "Example");

        assertThat(refusal(() -> book.add("org.example", KEY, "Again"))).isEqualTo("publisher.known");
        assertThat(refusal(() -> book.add("org.example", OTHER, "Example"))).isEqualTo("publisher.other-key");
        assertThat(refusal(() -> book.add("org.new", OTHER, "  "))).isEqualTo("publisher.name");
        assertThat(refusal(() -> book.add("org.new", PublisherKey.of(SignedTorrents.rsa(1024).getPublic()), "Small"))).isEqualTo("publisher.weak");
        assertThat(book.publishers()).hasSize(1);
    }

    @Test
    void aLineChangedFromOutsideMakesNobodyKnown() throws Exception {
        open().add("org.example", KEY, "Example");
        edit(text -> text.replace("org.example", "org.exampIe"));

        assertTampered();
    }

    @Test
    void aBookFromAnotherPlaceMakesNobodyKnown(@TempDir Path elsewhere) throws Exception {
        open().add("org.example", KEY, "Example");
        PublisherBook.open(elsewhere, CLOCK).add("org.hostile", OTHER, "Example");
        Files.copy(elsewhere.resolve("publishers.book"), folder.resolve("publishers.book"), StandardCopyOption.REPLACE_EXISTING);

        assertTampered();
    }

    @Test
    void aBookWithoutItsKeyMakesNobodyKnown() throws Exception {
        open().add("org.example", KEY, "Example");
        Files.delete(folder.resolve("publishers.p12"));

        assertTampered();
    }

    @Test
    void aDamagedKeyStoreMakesNobodyKnown() throws Exception {
        open().add("org.example", KEY, "Example");
        Files.write(folder.resolve("publishers.p12"), new byte[100]);

        assertTampered();
    }

    private void assertTampered() throws Exception {
        PublisherBook book = open();
        assertThat(book.publishers()).isEmpty();
        assertThat(book.tampered()).isPresent();
        assertThat(refusal(() -> book.add("org.new", OTHER, "New"))).isEqualTo("publisher.tampered");

        book.startOver();

        book.add("org.new", OTHER, "New");
        assertThat(open().publishers()).hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void aKeyOfOurOwnSignsAfterARestart(KeyKind kind) throws Exception {
        Publisher made = open().create("org.own", "Own Press", NewKey.make(kind));
        assertThat(made.addedAt()).isEqualTo(CLOCK.instant());
        byte[] content = "content".getBytes(StandardCharsets.UTF_8);

        PublisherBook again = open();
        PublisherSigner signer = again.signer("org.own");

        assertThat(again.publishers()).containsExactly(made);
        assertThat(made.own()).isTrue();
        assertThat(made.name()).isEqualTo("Own Press");
        assertThat(made.key().check(content, Bytes.copyOf(signer.sign(content)))).isEqualTo(PublisherKey.Check.GOOD);
        assertThat(PublisherCertificate.read(signer.certificate()).commonName()).isEqualTo("org.own");
        assertThat(signer.ed25519Key().length()).isEqualTo(kind == KeyKind.ED25519 ? 32 : 0);
        assertThat(refusal(() -> again.create("org.own", "Own Press", NewKey.make(kind)))).isEqualTo("publisher.other-key");
    }

    @Test
    void onlyOurOwnPublishersSign() throws Exception {
        PublisherBook book = open();
        book.add("org.example", KEY, "Example");
        book.create("org.own", "Own", NewKey.make(KeyKind.ED25519));

        assertThat(refusal(() -> book.signer("org.example"))).isEqualTo("publisher.not-own");
        assertThat(refusal(() -> book.create("Org.Own", "Own", NewKey.make(KeyKind.ED25519)))).isEqualTo("publisher.id");
        book.remove("org.own");
        assertThat(refusal(() -> book.signer("org.own"))).isEqualTo("publisher.not-own");
        assertThat(book.publishers()).extracting(Publisher::id).containsExactly("org.example");
    }

    private interface Edit {
        String of(String text);
    }

    private void edit(Edit edit) throws IOException {
        Path file = folder.resolve("publishers.book");
        String text = Files.readString(file);
        String changed = edit.of(text);
        assertThat(changed).isNotEqualTo(text);
        Files.writeString(file, changed);
    }

    private static String refusal(ThrowingCallable call) {
        String[] rule = new String[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, e -> rule[0] = e.refusal().rule());
        return rule[0];
    }
}
