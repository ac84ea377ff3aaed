package org.sallyport.core.engine;

import java.io.IOException;
import org.sallyport.core.model.PortAudit;
import org.sallyport.core.transport.LocalGroup;
import org.sallyport.core.transport.NetworkLoop;
import org.sallyport.core.transport.SystemSockets;

/** What keeps an eye on the machinery while the engine runs: the network thread, the sockets of the process, the network it uses. */
final class Watches {
    private final LoopWatch loop;
    private final PortWatch port;
    private final NetworkWatch network;
    private final LocalDiscovery local;

    Watches(Machinery machinery, Services services, Roster roster, CommandThread commands) {
        this.loop = new LoopWatch(services.loop(), NetworkLoop.THREAD, LoopWatch.PATIENCE, services.events()::tell);
        this.local = new LocalDiscovery(new LocalGroup(machinery.loop(), machinery.guard()), services, roster);
        this.port = new PortWatch(SystemSockets.ofThisProcess(), machinery.door()::state,
                () -> local.withExpectedSocket(machinery.door().expectedDatagrams()), machinery.directory().socketFile(), services.clock(),
                services.events()::tell);
        this.network = new NetworkWatch(machinery.guard(), machinery.door(), commands, services.events()::tell,
                () -> services.loop().execute(Rhythms.guarded(() -> {
                    roster.networkIsBack();
                    services.dht().networkIsBack();
                })));
    }

    void begin() {
        network.begin();
        loop.begin();
    }

    /** Finds peers in the own network, for which it has a socket of its own. Network thread. */
    LocalDiscovery local() {
        return local;
    }

    PortWatch port() {
        return port;
    }

    /** Looks at the sockets of this process now. Command thread. */
    PortAudit audit() throws IOException {
        return port.look();
    }

    /** The settings may name another network. Command thread. */
    void settle() {
        network.settle();
    }

    void close() {
        loop.close();
        network.close();
    }
}
