package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.RefusedException;

/** Shuts addresses out because a person wishes it. Any thread. */
final class ShuttingOut {
    private final TorrentDesk desk;
    private final DeviceExchange exchange;

    ShuttingOut(TorrentDesk desk, DeviceExchange exchange) {
        this.desk = desk;
        this.exchange = exchange;
    }

    CompletableFuture<Outcome<InetAddress>> ban(InetAddress address) {
        return desk.commands().run(() -> {
            if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
                throw new RefusedException("ban.address", "That is no address of a computer. Take one from the list of peers.");
            }
            return Outcome.done(desk.commands().onLoop(() -> {
                desk.services().bans().shutOut(address);
                desk.roster().shutOut(address::equals);
                exchange.shutOut(address::equals);
                desk.services().events().tell(Severity.INFO, "peer.shut-out", "You shut out " + address.getHostAddress()
                        + " until Sallyport ends: nothing is exchanged with it.", Map.of("address", address.getHostAddress()));
                desk.access().publish();
                return address;
            }));
        });
    }
}
