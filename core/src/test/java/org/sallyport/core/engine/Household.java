package org.sallyport.core.engine;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.testkit.FreePort;

/** Engines of paired devices, each at an address of its own that is known before it runs; closes them. */
final class Household implements AutoCloseable {
    private final TestEngines engines;
    private final Map<String, PeerAddress> addresses = new HashMap<>();

    Household(Path temp) {
        engines = new TestEngines(temp);
    }

    TestEngines engines() {
        return engines;
    }

    Path directory(String name) {
        return engines.options(name).dataDirectory();
    }

    /** Where the engine of this name listens whenever it runs. */
    PeerAddress address(String name) {
        return addresses.computeIfAbsent(name, fresh -> new PeerAddress(InetAddress.getLoopbackAddress(), FreePort.any()));
    }

    /** Both know where the other one listens. Neither may run. */
    void pair(String one, String other) throws Exception {
        PairedEngines.pair(directory(one), List.of(address(one)), directory(other), List.of(address(other)));
    }

    /** Only {@code caller} knows where the other one listens. */
    void pairOneWay(String caller, String listener) throws Exception {
        PairedEngines.pair(directory(caller), List.of(), directory(listener), List.of(address(listener)));
    }

    Engine start(String name) throws EngineStartException {
        return engines.start(engines.options(name).withPort(address(name).port()));
    }

    @Override
    public void close() {
        engines.close();
    }
}
