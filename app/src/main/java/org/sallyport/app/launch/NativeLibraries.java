package org.sallyport.app.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Whether the libraries are installed that JavaFX needs for a window on Linux. JavaFX itself would end in an UnsatisfiedLinkError
 * that helps nobody.
 */
final class NativeLibraries {
    private static final List<Path> USUAL = List.of(Path.of("/lib"), Path.of("/usr/lib"), Path.of("/lib64"), Path.of("/usr/lib64"),
            Path.of("/usr/local/lib"));

    /** Debian's name for what is missing. */
    private record Needed(String library, String debianPackage) { }

    private static final List<Needed> NEEDED = List.of(new Needed("libgtk-3.so.0", "libgtk-3-0"), new Needed("libXtst.so.6", "libxtst6"));

    private NativeLibraries() { }

    /** @return Debian packages to install; empty when all is there */
    static List<String> missingPackages(String libraryPath) {
        List<Path> folders = new ArrayList<>(USUAL);
        for (String folder : libraryPath.split(":")) {
            if (!folder.isEmpty()) {
                folders.add(Path.of(folder));
            }
        }
        return missingPackages(folders, linkerCache());
    }

    static List<String> missingPackages(List<Path> folders, String linkerCache) {
        return NEEDED.stream()
                .filter(n -> !linkerCache.contains(n.library() + " ") && folders.stream().noneMatch(f -> holds(f, n.library())))
                .map(Needed::debianPackage)
                .toList();
    }

    /** In the folder, or one level below: Debian puts them in {@code /usr/lib/x86_64-linux-gnu}. */
    private static boolean holds(Path folder, String library) {
        if (Files.exists(folder.resolve(library))) {
            return true;
        }
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (DirectoryStream<Path> below = Files.newDirectoryStream(folder, "*-linux-*")) {
            for (Path triplet : below) {
                if (Files.exists(triplet.resolve(library))) {
                    return true;
                }
            }
        } catch (IOException e) {
            return false;
        }
        return false;
    }

    /** What {@code ldconfig -p} lists; empty where there is none. */
    private static String linkerCache() {
        Optional<Path> ldconfig = List.of(Path.of("/sbin/ldconfig"), Path.of("/usr/sbin/ldconfig")).stream().filter(Files::isExecutable).findFirst();
        if (ldconfig.isEmpty()) {
            return "";
        }
        try {
            Process process = new ProcessBuilder(ldconfig.get().toString(), "-p").redirectErrorStream(true).start();
            process.getOutputStream().close();
            String list = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(1, TimeUnit.SECONDS);
            return list;
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
