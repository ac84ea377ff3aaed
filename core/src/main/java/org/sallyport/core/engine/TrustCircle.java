package org.sallyport.core.engine;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.transport.TlsTerms;
import org.sallyport.core.trust.AwaitedDevice;
import org.sallyport.core.trust.Caller;
import org.sallyport.core.trust.DeviceBook;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.Identity;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.trust.PairingOffer;
import org.sallyport.core.trust.PeerTls;
import org.sallyport.core.trust.TokenDesk;
import org.sallyport.core.trust.TrustException;

/**
 * Who this device is and whom it trusts. Closed until there is an identity: then every caller is a stranger and nobody is dialled in TLS.
 * Opening and changing the book: the journal's thread. Callers: the network thread. Reading: any thread.
 */
final class TrustCircle implements TrustedDevices {
    private static final Refusal CLOSED = new Refusal("tls.no-token",
            "A TLS connection came, but this device trusts no other yet. It got no answer; nothing needs to be done.");

    private final Path keyFolder;
    private final Clock clock;
    private final OwnDevice own;
    private final List<Consumer<DeviceId>> removals = new CopyOnWriteArrayList<>();
    private final List<Runnable> changes = new CopyOnWriteArrayList<>();
    private volatile Optional<Open> open = Optional.empty();
    private volatile Optional<Refusal> unreadable = Optional.empty();
    private volatile Set<PeerAddress> listed = Set.of();
    private volatile boolean settled;
    private final DeviceCalls calls = new DeviceCalls();
    private final FreshPairings fresh = new FreshPairings();

    /** One identity with all that belongs to it. */
    record Open(Identity identity, PeerTls tls, DeviceBook book, TokenDesk desk) { }

    /** @param keyFolder {@code DataDirectory.keyFolder()} */
    TrustCircle(Path keyFolder, Clock clock, OwnDevice own) {
        this.keyFolder = keyFolder;
        this.clock = clock;
        this.own = own;
    }

    /** What this device tells others about itself. */
    OwnDevice own() {
        return own;
    }

    /** Calls {@code listener} on the network thread with each device that is not trusted any more, when it cannot call any more. */
    void onRemoved(Consumer<DeviceId> listener) {
        removals.add(listener);
    }

    /** Calls {@code listener} on the network thread when devices were paired, removed, may be called, or are somewhere else, or are known first. */
    void onChanged(Runnable listener) {
        changes.add(listener);
    }

    /** Pairings that have not come to their end. Network thread. */
    FreshPairings fresh() {
        return fresh;
    }

    /** This one has, and the device may be called. Network thread. */
    void endFresh(FreshPairings.Fresh ended) {
        fresh.end(ended);
        changes.forEach(Runnable::run);
    }

    void tellRemoved(Set<DeviceId> devices) {
        devices.forEach(calls::forget);
        devices.forEach(id -> removals.forEach(listener -> listener.accept(id)));
    }

    /** Whether this device has an identity on the disk; without one there is nobody to trust. */
    boolean hasIdentity() {
        return Identity.exists(keyFolder);
    }

    /**
     * Opens the circle, with a new identity if there is none. Does nothing when it is open. Its desk knows nobody before {@link #serve}.
     *
     * @throws TrustException if there is a key that cannot be read: nobody is trusted then (invariant I7), and {@link #trouble} tells
     */
    Open open(StateDatabase database) throws TrustException, PersistException {
        if (open.isEmpty()) {
            listed = database.devices().stream().flatMap(device -> device.addresses().stream()).collect(Collectors.toUnmodifiableSet());
            try {
                use(Identity.open(keyFolder, clock), database);
            } catch (TrustException e) {
                unreadable = Optional.of(new Refusal("trust.key-unreadable", "The key of this device cannot be read. No device is trusted "
                        + "until it is put back, or until you reset the identity and pair your devices again."));
                throw e;
            }
        }
        return open.get();
    }

    /** A new key in place of this one, also of one that cannot be read; the book is empty afterwards. */
    Open reset(StateDatabase database) throws TrustException, PersistException {
        if (open.isPresent()) {
            open.get().book().startOver();
            use(open.get().identity().reset(), database);
        } else {
            use(Identity.replace(keyFolder, clock), database);
            open.get().book().startOver();
        }
        unreadable = Optional.empty();
        listed = Set.of();
        return open.get();
    }

    private void use(Identity identity, StateDatabase database) {
        DeviceBook book = DeviceBook.open(database, identity, keyFolder, clock);
        open = Optional.of(new Open(identity, new PeerTls(identity, clock), book, new TokenDesk(identity.id(), clock)));
    }

    /** Lets the devices of the book in from now on, and no others. Network thread, after each change of the book. */
    void serve() {
        open.ifPresent(now -> {
            List<AwaitedDevice> awaited = new ArrayList<>(now.book().awaited());
            now.book().devices().stream().filter(TrustCircle::isNew).forEach(device -> awaited.add(
                    new AwaitedDevice(device.id(), device.name(), device.addresses(), device.addedAt())));
            now.desk().serve(now.book().devices(), awaited);
        });
        changes.forEach(Runnable::run);
    }

    /**
     * It never came since it was paired: the last word of the pairing may not have reached it, and then it still waits for this device. It may
     * finish, with its own key as before.
     */
    private static boolean isNew(PairedDevice device) {
        return device.lastSeen().equals(device.addedAt());
    }

    /** Listens for this code and no earlier one. Network thread. */
    void listenFor(PairingOffer offer) {
        open.ifPresent(now -> now.desk().offer(offer));
    }

    /** Network thread. @param serverName of a ClientHello, as received */
    Caller caller(String serverName) {
        return open.map(now -> now.desk().find(serverName)).orElseGet(() -> new Caller.Stranger(CLOSED));
    }

    Optional<Open> whenOpen() {
        return open;
    }

    /** Why nobody is trusted, if something is wrong. */
    Optional<Refusal> trouble() {
        return unreadable.or(() -> open.flatMap(now -> now.book().tampered()));
    }

    @Override
    public List<PairedDevice> paired() {
        return open.map(now -> now.book().devices()).orElse(List.of());
    }

    @Override
    public Optional<PairedDevice> find(DeviceId id) {
        return open.flatMap(now -> now.book().find(id));
    }

    @Override
    public Optional<PairedDevice> at(PeerAddress address) {
        return paired().stream().filter(device -> device.addresses().contains(address)).findFirst();
    }

    @Override
    public boolean shuns(PeerAddress address) {
        return listed.contains(address) && trouble().isPresent();
    }

    /** The list was opened, or cannot be, or there is none. */
    void settle() {
        settled = true;
    }

    @Override
    public boolean settled() {
        return settled;
    }

    @Override
    public boolean mayCall(DeviceId device) {
        return !fresh.contains(device, System.nanoTime());
    }

    @Override
    public DeviceCalls calls() {
        return calls;
    }

    @Override
    public TlsTerms call(PairedDevice device) {
        return TlsTerms.dial(open.orElseThrow().tls(), device).whileTrusted(() -> find(device.id()).isPresent());
    }
}
