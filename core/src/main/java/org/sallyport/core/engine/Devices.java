package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PeerAddress;

/**
 * This device and those it trusts. Any thread; the state is in the snapshot: {@code EngineSnapshot.devices()}, and follows at once when a
 * pairing moves on. Device ids are text as shown; commands take them in any spelling that {@code DeviceId.parse} reads.
 */
public interface Devices {

    /** Makes this device's key if it has none yet; done also when it has. Slow the first time: about a second. @return the own id */
    CompletableFuture<Outcome<String>> identify();

    /** Shows a new one-time code, good for ten minutes; it replaces an earlier one. Refused when the port is shut and by policy. */
    CompletableFuture<Outcome<PairingState>> offer();

    /** Calls the device that shows this code. Done when the words are there, or it has ended with the reason. */
    CompletableFuture<Outcome<PairingState>> pair(String code);

    /** The person compared the words. @param same false ends it, and nothing is paired. Refused when there are none to compare. */
    CompletableFuture<Outcome<PairingState>> confirm(boolean same);

    /** Ends a pairing that is under way, withdraws a code that is shown; done also when there is none. */
    CompletableFuture<Outcome<PairingState>> cancelPairing();

    /** Adds a device by its id, told by voice; paired as soon as it has added ours, too. @param addresses where to call it; may be empty */
    CompletableFuture<Outcome<String>> add(String id, String name, List<PeerAddress> addresses);

    CompletableFuture<Outcome<String>> rename(String id, String name);

    /** Replaces where it is called, at most 8. */
    CompletableFuture<Outcome<String>> readdress(String id, List<PeerAddress> addresses);

    /** Trusts it no more: its connections end within a second, and what was shared with it alone stops. */
    CompletableFuture<Outcome<String>> remove(String id);

    /** A new key for this device; no device is paired afterwards. @return the new id */
    CompletableFuture<Outcome<String>> resetIdentity();

    /** What this device is called towards others from now on. */
    CompletableFuture<Outcome<String>> nameOwn(String name);

    /**
     * Shares a file or folder with one device alone and offers it. The path must pass the same rules as {@link Shares#add}, but needs no allowed
     * folder: choosing it here is the permission. Done when it is offered, or waits for the device to come.
     */
    CompletableFuture<Outcome<InfoHash>> send(String id, Path path, String note);

    /** Takes what a device offers, into this folder. */
    CompletableFuture<Outcome<InfoHash>> accept(InfoHash hash, Path folder);

    CompletableFuture<Outcome<InfoHash>> decline(InfoHash hash);

    /**
     * What paired devices share with this one, asked now over TLS, at most 10 s.
     *
     * @param id     of one device; empty for all that can be reached @param search part of a name, either case; empty for everything
     */
    CompletableFuture<Outcome<List<CatalogueItem>>> catalogue(String id, String search);

    /** Downloads something of a catalogue into this folder. */
    CompletableFuture<Outcome<InfoHash>> take(CatalogueItem item, Path folder);
}
