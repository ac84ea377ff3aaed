package org.sallyport.core.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sallyport.core.model.ShareConcern;

/** What people give away by mistake is named before they do. */
class SensitiveTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "id_rsa | x | private key",
        "sub/id_ed25519 | x | private key",
        ".ssh/config | x | private key",
        "server.pem | '-----BEGIN PRIVATE KEY-----' | private key",
        "server.key | 'text before\n-----BEGIN RSA PRIVATE KEY-----' | private key",
        "deploy | '-----BEGIN OPENSSH PRIVATE KEY-----' | private key",
        "me.asc | '-----BEGIN PGP PRIVATE KEY BLOCK-----' | private key",
        "me.gpg | '\u0095more' | private key",
        "cert.PFX | x | private key",
        "cert.p12 | x | private key",
        "passwords.kdbx | x | passwords",
        ".netrc | x | passwords",
        "wallet.dat | x | wallet",
        "my.wallet | x | wallet",
        "profile/logins.json | x | browser",
        "profile/key4.db | x | browser",
        "Default/Cookies | x | browser",
        "Default/Login Data | x | browser",
        "project/.env | x | settings of a program",
        "project/.env.production | x | settings of a program",
        ".bash_history | x | typed"})
    void isNamed(String name, String content, String word) throws Exception {
        write(name, content);

        assertThat(Sensitive.in(folder)).singleElement().satisfies(concern -> {
            assertThat(concern.path()).isEqualTo(name);
            assertThat(concern.sentence()).startsWith("\"" + name + "\" ").contains(word);
        });
    }

    @Test
    void thatNotAllWasLookedAtIsSaid() throws Exception {
        write("a/one.txt", "x");
        write("b/two.txt", "x");

        assertThat(Sensitive.in(folder, 5)).isEmpty();
        assertThat(Sensitive.in(folder, 4)).singleElement().satisfies(concern ->
                assertThat(concern.sentence()).contains("only the first 4 files and folders"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "server.pem | '-----BEGIN CERTIFICATE-----'", "id_rsa.pub | x", "film.mkv | '-----BEGIN PRIVATE KEY-----'", 
        "me.gpg | '\u0085more'", "notes.txt | x", "README | x", "environment | x", "cookies.txt | x", "wallet.jpg | x", "history | x"})
    void isLeftAlone(String name, String content) throws Exception {
        write(name, content);

        assertThat(Sensitive.in(folder)).isEmpty();
    }

    private Path write(String name, String content) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Test
    void aSingleFileIsLookedAtToo() throws Exception {
        assertThat(Sensitive.in(write("id_rsa", "x"))).extracting(ShareConcern::path).containsExactly("id_rsa");
    }

    @Test
    void linksAreNotFollowedAndTheListEnds() throws Exception {
        for (int i = 0; i < 150; i++) {
            write(i + "/id_rsa", "x");
        }
        Files.createSymbolicLink(folder.resolve("id_dsa"), folder.resolve("0/id_rsa"));

        List<ShareConcern> concerns = Sensitive.in(folder);
        assertThat(concerns).hasSize(100).extracting(ShareConcern::path).doesNotContain("id_dsa");
    }
}
