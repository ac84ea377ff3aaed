package org.sallyport.ui.testkit;

import java.net.InetAddress;
import java.nio.file.Path;
import javafx.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.settings.Settings;
import org.sallyport.ui.pages.DevicesPage;

/** Two windows over two real engines, of Ana here and of Mum there, who see each other on loopback only. */
public abstract class RealCoupleTestCase extends RealWindowTestCase {
    protected static final String ANA = "Ana's PC";
    protected static final String MUM = "Mum's laptop";

    protected Engine other;
    protected DevicesPage here;
    protected DevicesPage there;
    protected Stage beside;

    @Override
    protected EngineOptions options() {
        return super.options().withBind(InetAddress.getLoopbackAddress());
    }

    @BeforeEach
    final void openOther() throws EngineStartException {
        other = Engine.start(EngineOptions.in(folder.resolve("state-there")).withDht(false).withBind(InetAddress.getLoopbackAddress()));
        Settings usual = other.settings();
        Neighbour.done(other.changeSettings(usual.withDownloadFolder(arrivedThere().toString()).withWelcomed(true)));
        Neighbour.done(engine.devices().nameOwn(ANA));
        Neighbour.done(other.devices().nameOwn(MUM));
        here = new DevicesPage(robot, stage);
        beside = openBeside(other);
        there = new DevicesPage(robot, beside);
    }

    @AfterEach
    final void closeOther() {
        other.close();
    }

    /** Where downloads go there. */
    protected final Path arrivedThere() {
        return folder.resolve("arrived-there");
    }

    /** As two people do, who have done it before: without the windows. */
    protected final void pair() {
        String code = Neighbour.done(engine.devices().offer()).code();
        Neighbour.done(other.devices().pair(code));
        until(() -> stage(engine) == PairingState.Stage.COMPARING);
        Neighbour.done(engine.devices().confirm(true));
        Neighbour.done(other.devices().confirm(true));
        until(() -> stage(engine) == PairingState.Stage.PAIRED && stage(other) == PairingState.Stage.PAIRED);
    }

    private static PairingState.Stage stage(Engine engine) {
        return engine.snapshot().devices().pairing().stage();
    }

    protected static void untilComplete(Engine engine, InfoHash hash) {
        until(() -> engine.snapshot().find(hash).filter(torrent -> torrent.isComplete()).isPresent());
    }
}
