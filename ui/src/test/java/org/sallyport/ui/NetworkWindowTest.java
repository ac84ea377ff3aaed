package org.sallyport.ui;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.sallyport.core.model.PortState;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.pages.SafetyPage;
import org.sallyport.ui.pages.SettingsPage;
import org.sallyport.ui.pages.ShellPage;
import org.sallyport.ui.testkit.WindowTestCase;

/** One network interface and no other: chosen in Settings, seen in Safety, and said over every screen while it is away. */
class NetworkWindowTest extends WindowTestCase {
    private static final String WAITING = "Waiting for tun0. Nothing is sent or received until it is back.";

    private final ShellPage window = new ShellPage(robot);
    private final SettingsPage settings = new SettingsPage(robot);
    private final SafetyPage safety = new SafetyPage(robot);

    private static PortState on(String name) {
        return new PortState(51413, PortState.Kind.OPEN, "One port: 51413, open on " + name + " only").withNetwork(name);
    }

    private static PortState waitingFor(String name) {
        return new PortState(51413, PortState.Kind.WAITING, WAITING).withNetwork(name);
    }

    @Test
    void aNetworkIsChosenFromThoseThereAre() {
        window.showSettings();
        until(() -> settings.networks().size() == 4);
        settings.untilNetwork("Any network");

        settings.network("eth0");

        settings.untilSaved();
        assertThat(engine.settings().network()).isEqualTo(new Settings.Network("eth0"));
        settings.untilNetwork("eth0");
        assertThat(settings.networkTooltip()).isEqualTo("192.168.1.20, 2001:db8::20");
        settings.network("wlan0");
        settings.untilNetwork("wlan0 (not connected)");
        settings.network("");
        settings.untilNetwork("Any network");
        until(() -> engine.settings().network().equals(Settings.Network.DEFAULT));
    }

    @Test
    void aChosenOneThatIsAwayStaysInTheList() {
        engine.changeSettings(engine.settings().withNetwork(new Settings.Network("tun0"))).join();
        robot.interact(stage::hide);
        openWindow();
        window.showSettings();

        until(() -> settings.networks().size() == 5);

        assertThat(settings.networks()).containsExactly("", "eth0", "lo", "wlan0", "tun0");
        settings.untilNetwork("tun0 (not connected)");
        assertThat(engine.settings().network()).as("looking changes nothing").isEqualTo(new Settings.Network("tun0"));
    }

    @Test
    void whileItIsAwayABarSaysSoOverEveryScreen() {
        assertThat(window.waitsForNetwork()).isFalse();

        engine.port(waitingFor("tun0"));

        until(window::waitsForNetwork);
        assertThat(window.networkBar()).isEqualTo(WAITING);
        window.untilPort(WAITING);
        window.chooseNetwork();
        until(window::settingsShown);
        assertThat(window.waitsForNetwork()).isTrue();
        engine.port(on("tun0"));
        until(() -> !window.waitsForNetwork());
    }

    @Test
    void theSafetyScreenTellsWhichNetworkIsUsed() {
        window.showSafety();
        assertThat(safety.network()).isEqualTo("Any network of this computer is used.");

        engine.port(on("tun0"));
        until(() -> safety.network().equals("Only tun0 is used; nothing goes through another network."));
        engine.port(waitingFor("tun0"));

        until(() -> safety.network().equals(WAITING));
    }
}
