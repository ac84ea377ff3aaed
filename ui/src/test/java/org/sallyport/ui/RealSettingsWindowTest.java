package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sallyport.core.model.PortState;
import org.sallyport.core.settings.Settings.Look.Theme;
import org.sallyport.ui.pages.SettingsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.RealWindowTestCase;

/** Choices in the window change what the engine does, at once and for the next start. */
class RealSettingsWindowTest extends RealWindowTestCase {
    private final ShellPage window = new ShellPage(robot);
    private final SettingsPage settings = new SettingsPage(robot);

    private static void call(int port) throws IOException {
        new Socket(InetAddress.getLoopbackAddress(), port).close();
    }

    /** Above the range from which Linux takes ports for outgoing connections, so that none takes it in between. */
    private static int freePort() {
        return new Random().ints(61_000, 65_536).filter(RealSettingsWindowTest::isFree).findFirst().orElseThrow();
    }

    private static boolean isFree(int port) {
        try {
            new ServerSocket(port).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void theStatusBarShowsThePortThatAnswers() throws IOException {
        int port = engine.snapshot().port().port();

        assertThat(window.port()).isEqualTo("One port: " + port + ", open");
        assertThat(window.disk()).endsWith(" free");
        call(port);
    }

    @Test
    void anotherPortIsOpenedAndTheOldOneShut() throws IOException {
        int before = engine.settings().port();
        int wanted = freePort();
        window.showSettings();
        assertThat(settings.value("settingsPortField")).isEqualTo(Integer.toString(before));

        settings.enter("settingsPortField", Integer.toString(wanted));

        settings.untilSaved();
        window.untilPort("One port: " + wanted + ", open");
        call(wanted);
        assertThatThrownBy(() -> call(before)).isInstanceOf(ConnectException.class);
    }

    @Test
    void aBusyPortIsExplainedAndNothingChanges() throws IOException {
        int before = engine.settings().port();
        window.showSettings();
        try (ServerSocket other = new ServerSocket(0)) {
            settings.enter("settingsPortField", Integer.toString(other.getLocalPort()));

            assertThat(settings.notice()).isEqualTo(
                    "Port " + other.getLocalPort() + " is used by another program. Choose another number; nothing was changed.");
        }
        assertThat(engine.settings().port()).isEqualTo(before);
        assertThat(engine.snapshot().port()).isEqualTo(new PortState(before, PortState.Kind.OPEN, "One port: " + before + ", open"));
        settings.untilValue("settingsPortField", Integer.toString(before));
        call(before);
    }

    @Test
    void receiveOnlyShutsThePortUntilItIsTakenBack() throws IOException {
        int port = engine.settings().port();
        window.showSettings();

        settings.receiveOnly(true);
        window.untilPort("Receive only: no port is open");
        assertThatThrownBy(() -> call(port)).isInstanceOf(ConnectException.class);
        settings.receiveOnly(false);

        window.untilPort("One port: " + port + ", open");
        call(port);
    }

    @Test
    void theThemeIsSavedForTheNextStart() throws Exception {
        window.theme("Dark");
        window.untilDark(true);
        assertThat(engine.settings().look().theme()).isEqualTo(Theme.DARK);

        restart();
        window.untilDark(true);
        window.theme("Light");
        window.untilDark(false);

        assertThat(Files.readString(folder.resolve("state/settings.json"))).contains("\"LIGHT\"");
    }

    @Test
    void aFolderThatIsNoWholePathIsRefusedAndTheOldOneStays() {
        window.showSettings();

        settings.enter("settingsFolderField", "somewhere");

        assertThat(settings.noticeRule()).isEqualTo("Rule settings.download-folder");
        settings.untilValue("settingsFolderField", arrived().toString());
    }
}
