package org.sallyport.core.trust;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.SavedDevice;
import org.sallyport.core.persist.StateDatabase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices we trust, at most {@link #MAX_DEVICES}, awaited ones included. Reading: any thread, never blocks. Changing: the thread that
 * owns the database; every change is on the disk when it returns, or did not happen. A saved list that is not the one we saved is not
 * used at all (invariant I7): {@link #tampered()} tells, the book is empty, and every change is refused until {@link #startOver()}.
 */
public final class DeviceBook {
    public static final int MAX_DEVICES = 64;

    private static final Logger LOG = LoggerFactory.getLogger(DeviceBook.class);
    private static final Refusal TAMPERED = new Refusal("trust.tampered", "The saved list of trusted devices was changed outside Sallyport, "
            + "or an older one was put back. No device is trusted until you start the list over and pair your devices again.");

    private final StateDatabase database;
    private final BookSeal seal;
    private final DeviceId self;
    private final Clock clock;
    private List<SavedDevice> saved = List.of();
    private volatile boolean sound;
    private volatile BookPages pages = BookPages.EMPTY;

    private DeviceBook(StateDatabase database, BookSeal seal, DeviceId self, Clock clock) {
        this.database = database;
        this.seal = seal;
        this.self = self;
        this.clock = clock;
    }

    /**
     * Reads the book. One that cannot be read or verified is no failure: it is empty and {@link #tampered()}.
     *
     * @param keyFolder {@code DataDirectory.keyFolder()}
     */
    public static DeviceBook open(StateDatabase database, Identity self, Path keyFolder, Clock clock) {
        BookSeal seal = new BookSeal(keyFolder, self.sealKey(), new SecureRandom());
        DeviceBook book = new DeviceBook(database, seal, self.id(), clock);
        try {
            List<SavedDevice> rows = database.devices();
            if (seal.holds(rows)) {
                book.pages = BookPages.read(rows, seal);
                book.saved = rows;
                book.sound = true;
            }
        } catch (PersistException | RefusedException | IllegalArgumentException e) {
            LOG.error("the list of trusted devices cannot be read, no device is trusted", e);
        }
        return book;
    }

    /** Why nobody is trusted, if the saved list is not ours; one event {@code trust.tampered} when starting. */
    public Optional<Refusal> tampered() {
        return sound ? Optional.empty() : Optional.of(TAMPERED);
    }

    /** In the order they were paired. */
    public List<PairedDevice> devices() {
        return pages.paired();
    }

    /** Added by id, not yet paired; in the order they were added. */
    public List<AwaitedDevice> awaited() {
        return pages.awaited();
    }

    public Optional<PairedDevice> find(DeviceId id) {
        return pages.findPaired(id);
    }

    /**
     * Trusts a device from now on, after both people confirmed the words or exchanged ids. One that was awaited or paired before keeps
     * its name, and its old pair key is forgotten. Refused: {@code trust.own-device}, {@code trust.device-limit}, {@code device-address.*},
     * {@code trust.tampered}.
     *
     * @param publicKey as TLS verified it: SubjectPublicKeyInfo (DER)
     */
    public Outcome<PairedDevice> add(Bytes publicKey, DeviceName name, List<PeerAddress> addresses, PairKey pairKey) throws PersistException {
        DeviceId id = DeviceId.of(publicKey);
        try {
            requireRoom(id);
            DeviceName known = pages.findPaired(id).map(PairedDevice::name).or(() -> pages.findAwaited(id).map(AwaitedDevice::name)).orElse(name);
            Instant now = clock.instant();
            PairedDevice device = new PairedDevice(id, publicKey, known, AddressList.check(addresses), now, now, pairKey);
            keep(pages.with(device));
            return Outcome.done(device);
        } catch (RefusedException e) {
            return Outcome.refused(e.refusal());
        }
    }

    /** Why this device could not be added, if so: {@code trust.own-device}, {@code trust.device-limit}. */
    public Optional<Refusal> room(DeviceId id) {
        try {
            requireRoom(id);
            return Optional.empty();
        } catch (RefusedException e) {
            return Optional.of(e.refusal());
        }
    }

    /** Waits for a device whose id a person was told. Refused as {@link #add}, and {@code trust.device-known} if it is in the book. */
    public Outcome<AwaitedDevice> await(DeviceId id, DeviceName name, List<PeerAddress> addresses) throws PersistException {
        try {
            if (pages.has(id)) {
                throw new RefusedException("trust.device-known", "This device is in your list already. Remove it first to pair again.");
            }
            requireRoom(id);
            AwaitedDevice device = new AwaitedDevice(id, name, AddressList.check(addresses), clock.instant());
            keep(pages.with(device));
            return Outcome.done(device);
        } catch (RefusedException e) {
            return Outcome.refused(e.refusal());
        }
    }

    /** Refused: {@code trust.device-unknown}, {@code trust.tampered}. */
    public Outcome<DeviceId> rename(DeviceId id, DeviceName name) throws PersistException {
        return change(id, pages.change(id, device -> device.withName(name), device -> device.withName(name)));
    }

    /**
     * Forgets the device and its pair key. Close its connections and replace the devices of the {@link TokenDesk} then. Refused as {@link
     * #rename}.
     */
    public Outcome<DeviceId> remove(DeviceId id) throws PersistException {
        return change(id, pages.without(id));
    }

    /** What the device told over TLS, or a person typed. Writes only if it differs. Refused as {@link #rename}, and {@code device-address.*}. */
    public Outcome<DeviceId> refreshAddresses(DeviceId id, List<PeerAddress> addresses) throws PersistException {
        try {
            List<PeerAddress> checked = AddressList.check(addresses);
            return change(id, pages.change(id, device -> device.withAddresses(checked), device -> device.withAddresses(checked)));
        } catch (RefusedException e) {
            return Outcome.refused(e.refusal());
        }
    }

    /** Notes that the device is connected now. Passed over if it is not paired. */
    public void seen(DeviceId id) throws PersistException {
        if (pages.findPaired(id).isPresent()) {
            Instant now = clock.instant();
            database.deviceSeen(id.text(), now);
            pages = pages.change(id, device -> device.withLastSeen(now), device -> device);
        }
    }

    /** Forgets every device; what a person does after {@code trust.tampered}, and before a new identity. */
    public void startOver() throws PersistException {
        // when it is cut off, a list of ours is whole or gone, and a seal that does not fit denies
        if (sound) {
            seal.prepare(saved, List.of());
        }
        database.saveDevices(List.of());
        seal.settle(List.of());
        saved = List.of();
        pages = BookPages.EMPTY;
        sound = true;
    }

    private void requireRoom(DeviceId id) throws RefusedException {
        if (id.equals(self)) {
            throw new RefusedException("trust.own-device", "This is the id of this very device. Type the one the other device shows.");
        }
        if (!pages.has(id) && pages.size() >= MAX_DEVICES) {
            throw new RefusedException("trust.device-limit", "There are " + MAX_DEVICES + " devices in your list already. Remove one first.");
        }
    }

    private Outcome<DeviceId> change(DeviceId id, BookPages changed) throws PersistException {
        if (sound && !pages.has(id)) {
            return Outcome.refused("trust.device-unknown", "This device is not in your list. It may have been removed meanwhile.");
        }
        try {
            if (!sound || !changed.equals(pages)) {
                keep(changed);
            }
            return Outcome.done(id);
        } catch (RefusedException e) {
            return Outcome.refused(e.refusal());
        }
    }

    private void keep(BookPages changed) throws RefusedException, PersistException {
        if (!sound) {
            throw new RefusedException(TAMPERED);
        }
        List<SavedDevice> rows = changed.save(seal);
        seal.prepare(saved, rows);
        database.saveDevices(rows);
        saved = rows;
        pages = changed;
        settle(rows);
    }

    // the change is made and both lists are sealed; only noticing an older list waits for the next change
    private void settle(List<SavedDevice> rows) {
        try {
            seal.settle(rows);
        } catch (PersistException e) {
            LOG.warn("the seal of the trusted devices still names the list before", e);
        }
    }
}
