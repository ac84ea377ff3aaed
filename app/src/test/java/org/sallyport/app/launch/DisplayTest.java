package org.sallyport.app.launch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DisplayTest {
    @ParameterizedTest
    @CsvSource({
        "Linux, :0, '', PRESENT", "Linux, '', '', NONE", "Linux, '', wayland-0, WAYLAND_ONLY", "Linux, :0, wayland-0, PRESENT",
        "Windows 11, '', '', PRESENT", "Mac OS X, '', '', PRESENT"})
    void theEnvironmentTellsWhetherAWindowCanBeShown(String os, String x11, String wayland, Display display) {
        assertThat(Display.of(os, Map.of("DISPLAY", x11, "WAYLAND_DISPLAY", wayland))).isEqualTo(display);
    }

    @Test
    void whatIsMissingIsNamedAsDebianNamesIt(@TempDir Path folder) throws IOException {
        Path triplet = Files.createDirectory(folder.resolve("x86_64-linux-gnu"));
        assertThat(NativeLibraries.missingPackages(List.of(folder), "")).containsExactly("libgtk-3-0", "libxtst6");

        Files.createFile(triplet.resolve("libgtk-3.so.0"));
        assertThat(NativeLibraries.missingPackages(List.of(folder), "")).containsExactly("libxtst6");

        Files.createFile(folder.resolve("libXtst.so.6"));
        assertThat(NativeLibraries.missingPackages(List.of(folder), "")).isEmpty();
    }

    @Test
    void whatTheLinkerKnowsIsThere() {
        String cache = "\tlibgtk-3.so.0 (libc6,x86-64) => /opt/libgtk-3.so.0\n\tlibXtst.so.6 (libc6,x86-64) => /opt/libXtst.so.6\n";

        assertThat(NativeLibraries.missingPackages(List.of(), cache)).isEmpty();
    }
}
