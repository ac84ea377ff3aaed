package org.sallyport.core.engine;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.trust.DeviceBook;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.trust.PairingDialogue.Partner;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes the book of devices on the journal's thread and then, on the network thread, who is let in. Any thread. */
final class DeviceKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceKeeper.class);

    private final Services services;

    DeviceKeeper(Services services) {
        this.services = services;
    }

    /** Something done to the book. */
    interface Change<T> {
        Outcome<T> in(DeviceBook book) throws PersistException;
    }

    /** @return completed on the network thread; failed if it is not on the disk */
    <T> CompletableFuture<Outcome<T>> change(Change<T> change) {
        TrustCircle circle = services.trust();
        return services.journal().run(database -> change.in(circle.open(database).book())).handleAsync((outcome, failure) -> {
            circle.serve();
            if (failure == null) {
                return outcome;
            }
            LOG.error("the list of devices could not be changed", failure);
            return circle.trouble().<Outcome<T>>map(Outcome::refused).orElseGet(() -> Outcome.failed(
                    "The list of devices could not be saved, so nothing was changed. Free some space, or check the permissions of the data folder."));
        }, services.loop());
    }

    /**
     * Network thread. The device is not called before the other side ends the connection, or for long if it never does.
     *
     * @param over done when the connection of the pairing is no more
     */
    CompletableFuture<Outcome<PairedDevice>> pair(Partner partner, CompletableFuture<?> over) {
        TrustCircle circle = services.trust();
        FreshPairings.Fresh fresh = circle.fresh().begin(DeviceId.of(partner.publicKey()));
        CompletableFuture<Outcome<PairedDevice>> kept =
                change(book -> book.add(partner.publicKey(), partner.name(), partner.addresses(), partner.pairKey()));
        kept.whenComplete((outcome, failure) -> fresh.kept(System.nanoTime()));
        CompletableFuture.allOf(kept, over).whenComplete((both, failure) -> circle.endFresh(fresh));
        return kept;
    }

    /** After a pairing that one side kept and the other did not. */
    void takeBack(DeviceId id) {
        change(book -> book.remove(id));
    }

    void tellPaired(PairedDevice device) {
        services.events().tell(Severity.INFO, "device.paired", "\"" + device.name() + "\" is trusted from now on.",
                Map.of("device", device.id().text(), "name", device.name().text()));
    }
}
