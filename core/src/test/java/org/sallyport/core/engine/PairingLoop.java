package org.sallyport.core.engine;

import java.io.PrintStream;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicReference;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;

/** Shows a code, and says yes to any words, until it is killed: argument data directory. Prints the code, then each stage. */
final class PairingLoop {
    private PairingLoop() { }

    public static void main(String[] arguments) throws Exception {
        PrintStream out = System.out;
        AtomicReference<Stage> last = new AtomicReference<>(Stage.NONE);
        Engine engine = Engine.start(EngineOptions.in(Path.of(arguments[0])).withDht(false).withBind(InetAddress.getLoopbackAddress()));
        engine.onSnapshot(snapshot -> {
            PairingState pairing = snapshot.devices().pairing();
            if (last.getAndSet(pairing.stage()) != pairing.stage()) {
                out.println(pairing.stage() == Stage.OFFERING ? pairing.code() : pairing.stage().name());
                if (pairing.stage() == Stage.COMPARING) {
                    engine.devices().confirm(true);
                }
            }
        });
        engine.devices().offer();
        System.in.read(); // until it is killed
    }
}
