package org.sallyport.core.screening;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.sallyport.core.model.ShareConcern;

/**
 * Finds what people give away by mistake: keys, password stores, wallets, browser profiles, what was typed into a shell. Known by name, and by
 * the first bytes where a name says too little; nothing is guessed beyond that. Waits for the disk; any thread.
 */
public final class Sensitive {
    /** More than anybody reads. */
    private static final int MAX_CONCERNS = 100;
    private static final int MAX_FILES = 100_000;
    private static final int FIRST_BYTES = 8 << 10;
    private static final long LARGEST_KEY = 1 << 20;

    private static final String KEY = "is a private key. Whoever has it can log in or sign as you.";
    private static final String PASSWORDS = "holds passwords. Whoever has it can try to open them at leisure.";
    private static final String WALLET = "is a wallet. Whoever has it may be able to take the money in it.";
    private static final String BROWSER = "belongs to a browser's profile. Whoever has it may get your passwords or use your log-ins.";
    private static final String ENVIRONMENT = "holds settings of a program, and often passwords or access keys.";
    private static final String HISTORY = "holds what was typed into a program, and often passwords with it.";

    private static final Set<String> KEY_NAMES = Set.of("id_rsa", "id_dsa", "id_ecdsa", "id_ed25519", "id_ecdsa_sk", "id_ed25519_sk", "secring.gpg");
    private static final List<String> KEY_ENDINGS = List.of(".pfx", ".p12", ".jks", ".keystore", ".ppk");
    private static final Set<String> PASSWORD_NAMES = Set.of(".netrc", "_netrc", ".git-credentials", ".pgpass", "login.keyring");
    private static final List<String> PASSWORD_ENDINGS = List.of(".kdbx", ".kdb", ".psafe3", ".opvault", ".agilekeychain", ".1pif", 
            ".keychain", ".keychain-db", ".keyring");
    private static final Set<String> BROWSER_NAMES = Set.of("logins.json", "key3.db", "key4.db", "signons.sqlite", "cookies.sqlite", "cookies",
            "login data", "web data", "formhistory.sqlite");
    private static final Set<String> HISTORIES = Set.of(".bash_history", ".zsh_history", ".sh_history", ".fish_history", ".python_history",
            ".mysql_history", ".psql_history", ".sqlite_history", ".node_repl_history", "consolehost_history.txt");
    private static final Set<String> KEY_FOLDERS = Set.of(".ssh", ".gnupg", ".aws", ".password-store", "private-keys-v1.d");
    private static final List<String> TEXT_KEYS = List.of(".pem", ".key", ".asc", ".gpg", ".pgp", ".txt", ".crt");

    private Sensitive() { }

    /** What in a file or folder looks sensitive, at most {@value #MAX_CONCERNS} of it; no link is followed, what cannot be read is passed over. */
    public static List<ShareConcern> in(Path root) throws IOException {
        return in(root, MAX_FILES);
    }

    /** @param most files and folders that are looked at; that there are more is a concern itself */
    static List<ShareConcern> in(Path root, int most) throws IOException {
        List<ShareConcern> concerns = new ArrayList<>();
        Files.walkFileTree(root, new SimpleFileVisitor<>() {
            private int seen;

            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return goOn();
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (seen < most && attributes.isRegularFile()) {
                    look(root, file, attributes.size()).ifPresent(concerns::add);
                }
                return goOn();
            }

            private FileVisitResult goOn() {
                if (++seen > most) {
                    concerns.add(new ShareConcern(String.valueOf(root.getFileName()), "There is so much in this folder that only the first "
                            + most + " files and folders of it were looked at for keys and passwords."));
                    return FileVisitResult.TERMINATE;
                }
                return concerns.size() < MAX_CONCERNS ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException trouble) throws IOException {
                if (file.equals(root)) {
                    throw trouble;
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(concerns);
    }

    private static Optional<ShareConcern> look(Path root, Path file, long size) {
        String relative = file.equals(root) ? root.getFileName().toString() : root.relativize(file).toString().replace('\\', '/');
        return concern(file, size).map(what -> new ShareConcern(relative, "\"" + relative + "\" " + what));
    }

    private static Optional<String> concern(Path file, long size) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (KEY_NAMES.contains(name) || ends(name, KEY_ENDINGS) || isInKeyFolder(file)) {
            return Optional.of(KEY);
        }
        if (PASSWORD_NAMES.contains(name) || ends(name, PASSWORD_ENDINGS)) {
            return Optional.of(PASSWORDS);
        }
        if (name.equals("wallet.dat") || name.endsWith(".wallet")) {
            return Optional.of(WALLET);
        }
        if (BROWSER_NAMES.contains(name)) {
            return Optional.of(BROWSER);
        }
        if (name.equals(".env") || name.startsWith(".env.")) {
            return Optional.of(ENVIRONMENT);
        }
        if (HISTORIES.contains(name)) {
            return Optional.of(HISTORY);
        }
        boolean mayBeKey = size <= LARGEST_KEY && (ends(name, TEXT_KEYS) || name.indexOf('.') < 0);
        return mayBeKey && holdsPrivateKey(file, name.endsWith(".gpg") || name.endsWith(".pgp")) ? Optional.of(KEY) : Optional.empty();
    }

    private static boolean ends(String name, List<String> endings) {
        return endings.stream().anyMatch(name::endsWith);
    }

    private static boolean isInKeyFolder(Path file) {
        for (Path part : file.getParent() == null ? file : file.getParent()) {
            if (KEY_FOLDERS.contains(part.toString().toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static boolean holdsPrivateKey(Path file, boolean packets) {
        byte[] first;
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            first = in.readNBytes(FIRST_BYTES);
        } catch (IOException e) {
            return false; // what cannot be read cannot be shared either
        }
        String text = new String(first, StandardCharsets.ISO_8859_1);
        // PEM (RFC 7468), OpenSSH and OpenPGP armour all say so in their first line
        boolean armoured = text.contains("-----BEGIN ") && (text.contains("PRIVATE KEY-----") || text.contains("PRIVATE KEY BLOCK-----"));
        return armoured || packets && first.length > 0 && isSecretKeyPacket(first[0] & 0xff);
    }

    /** RFC 4880, sections 4.2 and 5.5: tag 5, in the old and the new form of a packet's first byte. */
    private static boolean isSecretKeyPacket(int first) {
        return first >= 0x94 && first <= 0x97 || first == 0xc5;
    }
}
