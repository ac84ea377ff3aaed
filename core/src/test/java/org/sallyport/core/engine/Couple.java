package org.sallyport.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.sallyport.core.engine.TestEngines.SOON;
import static org.sallyport.core.engine.TestEngines.done;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;

/** Two engines on loopback that can be paired: {@code shower} shows the code, {@code reader} reads it. */
final class Couple implements AutoCloseable {
    final TestEngines engines;
    Engine shower;
    Engine reader;

    /** @param readerListens whether the reader's port is open, too */
    Couple(TestEngines engines, boolean readerListens) throws EngineStartException {
        this.engines = engines;
        shower = engines.start(options("shower"));
        reader = engines.start(readerListens ? options("reader") : options("reader").withPort(0));
    }

    static Couple in(Path temp) throws EngineStartException {
        return new Couple(new TestEngines(temp), true);
    }

    EngineOptions options(String name) {
        return engines.options(name).withBind(InetAddress.getLoopbackAddress());
    }

    static PairingState pairing(Engine engine) {
        return engine.snapshot().devices().pairing();
    }

    static PairingState awaitStage(Engine engine, Stage stage) {
        return await("stage " + stage).atMost(SOON).until(() -> pairing(engine), state -> state.stage() == stage);
    }

    /** What is known of the other devices, by name and standing. */
    static List<DeviceSnapshot> devices(Engine engine) {
        return engine.snapshot().devices().devices();
    }

    static void awaitDevices(Engine engine, int count) {
        await("devices").atMost(SOON).until(() -> devices(engine).size() == count);
    }

    static void awaitPaired(Engine engine) {
        await("paired").atMost(SOON).until(() -> devices(engine).stream().anyMatch(device -> device.standing() == DeviceSnapshot.Standing.PAIRED));
    }

    String code() {
        return done(shower.devices().offer()).code();
    }

    /** As far as the words on both sides. */
    Couple compare() {
        CompletableFuture<Outcome<PairingState>> read = reader.devices().pair(code());
        PairingState here = done(read);
        assertThat(here.words()).hasSize(6).isEqualTo(awaitStage(shower, Stage.COMPARING).words());
        return this;
    }

    Couple pair() {
        compare();
        done(reader.devices().confirm(true));
        done(shower.devices().confirm(true));
        awaitStage(reader, Stage.PAIRED);
        awaitStage(shower, Stage.PAIRED);
        return this;
    }

    void restartReader() throws EngineStartException {
        reader.close();
        reader = engines.start(options("reader"));
    }

    @Override
    public void close() {
        engines.close();
    }
}
