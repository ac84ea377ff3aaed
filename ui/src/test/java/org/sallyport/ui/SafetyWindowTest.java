package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sallyport.core.engine.FirewallRecipe;
import org.sallyport.core.model.PortState;
import org.sallyport.core.model.SocketSnapshot;
import org.sallyport.core.model.SocketSnapshot.State;
import org.sallyport.ui.pages.DownloadsPage;
import org.sallyport.ui.pages.SafetyPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.WindowTestCase;

class SafetyWindowTest extends WindowTestCase {
    private static final SocketSnapshot PLANTED = new SocketSnapshot("tcp", "0.0.0.0", 4444, State.LISTENING,
            "unknown: Sallyport did not ask for it", false);

    private final ShellPage window = new ShellPage(robot);
    private final SafetyPage safety = new SafetyPage(robot);

    @BeforeEach
    void openSafety() {
        window.showSafety();
    }

    @Test
    void everySocketIsListedWithWhatItIsFor() {
        until(() -> safety.sockets().size() == 4);

        assertThat(safety.sockets()).extracting(SocketSnapshot::owner).contains("the one port, for peers", "commands of this user");
        assertThat(safety.verdict()).isEqualTo("One port: 51413, open, and nothing else.");
        assertThat(safety.alarmed()).isFalse();
    }

    @Test
    void anUnexpectedSocketTurnsTheCardAndTheStatusBarRed() {
        engine.audit(List.of(PLANTED),
                "One port: 51413, open; 1 socket is open that should not be. Restart Sallyport; report it if it happens again.");

        safety.checkNow();

        until(safety::alarmed);
        assertThat(safety.sockets()).containsExactly(PLANTED);
        assertThat(safety.verdict()).contains("1 socket is open that should not be");
        engine.port(new PortState(51413, PortState.Kind.OPEN, "One port: 51413, open").withUnexpected(1));
        until(window::portIsAlarming);

        engine.audit(List.of(), "One port: 51413, open, and nothing else.");
        engine.port(new PortState(51413, PortState.Kind.OPEN, "One port: 51413, open"));
        // a change of the port's state is looked at by itself
        until(() -> !safety.alarmed() && !window.portIsAlarming());
    }

    @Test
    void theRecipeIsForThePortInUseAndCanBeCopied() {
        assertThat(safety.recipe()).isEqualTo(FirewallRecipe.text(FirewallRecipe.Format.NFT, 51413));
        safety.format("Windows");
        assertThat(safety.copy()).isEqualTo(FirewallRecipe.text(FirewallRecipe.Format.WINDOWS, 51413));

        engine.port(new PortState(50000, PortState.Kind.OPEN, "One port: 50000, open"));

        until(() -> safety.recipe().equals(FirewallRecipe.text(FirewallRecipe.Format.WINDOWS, 50000)));
        assertThat(safety.copiedShown()).isFalse();
        engine.port(new PortState(0, PortState.Kind.RECEIVE_ONLY, "Receive only: no port is open"));
        until(() -> safety.recipe().equals(FirewallRecipe.text(FirewallRecipe.Format.WINDOWS, 0)));
    }

    @Test
    void aBlocklistIsLoadedAndRemoved() {
        assertThat(safety.blocklist()).startsWith("No blocklist");
        assertThat(safety.canClear()).isFalse();
        desktop.choose(folder.resolve("level1.gz"));

        safety.loadBlocklist();

        until(() -> safety.blocklist().startsWith("312,480 address ranges are blocked."));
        assertThat(engine.commands()).contains("loadBlocklist level1.gz");
        safety.clearBlocklist();
        until(() -> safety.blocklist().startsWith("No blocklist"));
        assertThat(safety.canClear()).isFalse();
    }

    @Test
    void aListThatIsRefusedIsExplained() {
        engine.refuse("loadBlocklist", "blocklist.no-ranges", "There is no address range in this file.");
        desktop.choose(folder.resolve("page.html"));

        safety.loadBlocklist();

        assertThat(safety.notice()).isEqualTo("There is no address range in this file.");
        assertThat(safety.noticeRule()).isEqualTo("Rule blocklist.no-ranges");
        assertThat(safety.blocklist()).startsWith("No blocklist");
    }

    @Test
    void theKeyboardReachesTheScreen() {
        window.showDownloads();
        until(() -> !safety.shown());

        new DownloadsPage(robot).press(KeyCode.CONTROL, KeyCode.DIGIT5);

        until(safety::shown);
    }
}
