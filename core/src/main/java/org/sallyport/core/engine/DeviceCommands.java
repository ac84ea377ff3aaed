package org.sallyport.core.engine;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.DevicesState;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.transport.TlsAnswer;
import org.sallyport.core.trust.AwaitedDevice;
import org.sallyport.core.trust.DeviceBook;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.DeviceName;
import org.sallyport.core.trust.PairingCode;
import org.sallyport.core.trust.PairingOffer;

/** The commands about this device and those it trusts. They run on the command thread; what they change, on the thread that owns it. */
final class DeviceCommands implements Devices, PairingDoor {
    private static final Refusal NO_PORT = new Refusal("pairing.no-port", "The port of this device is shut, so the other one could not call it. "
            + "Open the port in the settings, or show the code on the other device and read it here.");
    private static final Refusal NO_ADDRESS = new Refusal("pairing.no-address",
            "This code does not say where the other device is. Make a new one there while it is connected to a network and its port is open.");

    private static final long LOOK_EVERY = TimeUnit.MINUTES.toNanos(1);

    private final Services services;
    private final Roster roster;
    private final CommandThread commands;
    private final DeviceExchange exchange;
    private final DeviceDeals deals;
    private final Runnable moved;
    private final TrustCircle circle;
    private final CircleGate gate;
    private final DeviceKeeper keeper;
    private final Pairings pairings;
    private final VoicePairings voice;
    private final DeviceBoard board;
    private long lookedAt = System.nanoTime();

    /** @param moved publishes what has changed, on the network thread */
    DeviceCommands(Services services, Roster roster, CommandThread commands, DeviceExchange exchange, DeviceDeals deals, Runnable moved) {
        this.services = services;
        this.roster = roster;
        this.commands = commands;
        this.exchange = exchange;
        this.deals = deals;
        this.moved = moved;
        this.circle = services.trust();
        this.gate = new CircleGate(services);
        this.keeper = new DeviceKeeper(services);
        this.pairings = new Pairings(services, keeper, circle.own(), moved);
        this.voice = new VoicePairings(services, keeper, circle.own());
        this.board = new DeviceBoard(services, exchange);
    }

    /** Network thread. */
    DevicesState state() {
        return board.state(pairings.state(), connected());
    }

    /** Once a second, network thread. */
    void tick(long now) {
        pairings.tick();
        voice.tick(now);
        board.note(connected(), now);
        if (now - lookedAt > LOOK_EVERY) { // a laptop moves from one network to another
            lookedAt = now;
            services.disk().threads().housekeeping().execute(circle.own()::look);
        }
    }

    private Set<DeviceId> connected() {
        Set<DeviceId> all = new HashSet<>(exchange.connected());
        all.addAll(roster.connectedDevices());
        return all;
    }

    /** The engine ends; who is being paired with hears it. Network thread. */
    void end() {
        pairings.cancel();
        voice.dropAll();
    }

    @Override
    public Optional<TlsAnswer> awaited(AwaitedDevice device) {
        return circle.whenOpen().flatMap(open -> voice.answer(device, open));
    }

    @Override
    public Optional<TlsAnswer> invited(PairingOffer offer) {
        return circle.whenOpen().map(open -> pairings.answer(offer, open));
    }

    /** What begins a pairing, or why not. */
    private interface Beginning {
        Outcome<CompletableFuture<Outcome<PairingState>>> begin() throws Exception;
    }

    private CompletableFuture<Outcome<PairingState>> pairing(Beginning beginning) {
        return commands.run(() -> {
            try {
                return beginning.begin();
            } catch (RefusedException e) {
                services.events().refused("pairing.refused", e.refusal(), e.refusal().rule(), Map.of());
                return Outcome.<CompletableFuture<Outcome<PairingState>>>refused(e.refusal());
            }
        }).thenCompose(begun -> begun.then(later -> later));
    }

    private Outcome<CompletableFuture<Outcome<PairingState>>> onLoop(Supplier<Outcome<PairingState>> step) throws Exception {
        return Outcome.done(CompletableFuture.completedFuture(told("pairing.refused", commands.onLoop(step::get))));
    }

    /** A refusal is an event (invariant I9). */
    private <T> Outcome<T> told(String event, Outcome<T> outcome) {
        if (outcome instanceof Outcome.Refused<T> refused) {
            services.events().refused(event, refused.refusal(), refused.refusal().rule(), Map.of());
        }
        return outcome;
    }

    @Override
    public CompletableFuture<Outcome<String>> identify() {
        return commands.run(() -> {
            String id = gate.open().identity().id().text();
            commands.onLoop(this::publish);
            return Outcome.done(id);
        });
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> offer() {
        return pairing(() -> {
            if (services.listenPort().get() == 0) {
                throw new RefusedException(NO_PORT);
            }
            TrustCircle.Open open = gate.openFor(false);
            PairingOffer offer = PairingOffer.make(open.identity().id(), circle.own().addresses(), services.clock(), new SecureRandom());
            return onLoop(() -> pairings.offer(offer));
        });
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> pair(String typed) {
        return pairing(() -> {
            PairingCode code = PairingCode.parse(typed);
            TrustCircle.Open open = gate.openFor(false);
            Optional<Refusal> noRoom = open.book().room(code.id());
            if (noRoom.isPresent()) {
                throw new RefusedException(noRoom.get());
            }
            if (code.addresses().isEmpty()) {
                throw new RefusedException(NO_ADDRESS);
            }
            return Outcome.done(commands.onLoop(() -> pairings.read(code, open)));
        });
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> confirm(boolean same) {
        return pairing(() -> onLoop(() -> pairings.confirm(same)));
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> cancelPairing() {
        return pairing(() -> onLoop(() -> Outcome.done(pairings.cancel())));
    }

    /** A change of the book, in the snapshot when it is done. */
    private <T> CompletableFuture<Outcome<T>> change(DeviceKeeper.Change<T> change, Runnable then) {
        return keeper.change(change).thenApply(outcome -> {
            if (outcome.isDone()) {
                then.run();
            }
            moved.run();
            return told("command.refused", outcome);
        });
    }

    private boolean publish() {
        moved.run();
        return true;
    }

    @Override
    public CompletableFuture<Outcome<String>> add(String typedId, String typedName, List<PeerAddress> addresses) {
        List<PeerAddress> given = List.copyOf(addresses);
        return commands.run(() -> {
            DeviceId id = DeviceId.parse(typedId);
            DeviceName name = DeviceName.parse(typedName);
            gate.openFor(true);
            return change(book -> book.await(id, name, given), () -> voice.hurry(id)).join();
        }).thenApply(outcome -> outcome.map(device -> device.id().text()));
    }

    /** Something done to one device of the book. */
    private interface BookChange {
        Outcome<DeviceId> of(DeviceBook book, DeviceId id) throws PersistException;
    }

    /** @param then follows from it, on the network thread */
    private Outcome<String> changeOf(String typedId, BookChange change, Consumer<DeviceId> then) throws RefusedException {
        DeviceId id = DeviceId.parse(typedId);
        return change(book -> change.of(book, id), () -> then.accept(id)).join().map(DeviceId::text);
    }

    @Override
    public CompletableFuture<Outcome<String>> rename(String id, String name) {
        return commands.run(() -> {
            DeviceName parsed = DeviceName.parse(name);
            return changeOf(id, (book, device) -> book.rename(device, parsed), device -> { });
        });
    }

    @Override
    public CompletableFuture<Outcome<String>> readdress(String id, List<PeerAddress> addresses) {
        List<PeerAddress> given = List.copyOf(addresses);
        return commands.run(() -> changeOf(id, (book, device) -> book.refreshAddresses(device, given), voice::hurry));
    }

    @Override
    public CompletableFuture<Outcome<String>> remove(String id) {
        return commands.run(() -> changeOf(id, (book, device) -> book.remove(device), this::leave));
    }

    /** Ends what there is with a device that is not trusted any more. */
    private void leave(DeviceId id) {
        voice.drop(id);
        roster.drop(security -> security.device().filter(id::equals).isPresent());
        circle.tellRemoved(Set.of(id));
        services.events().tell(Severity.INFO, "device.removed", "A device is not trusted any more.", Map.of("device", id.text()));
    }

    @Override
    public CompletableFuture<Outcome<String>> resetIdentity() {
        return commands.run(() -> {
            Set<DeviceId> before = Set.copyOf(circle.paired().stream().map(device -> device.id()).toList());
            commands.onLoop(() -> {
                end();
                return true;
            });
            String id = gate.byJournal(circle::reset).identity().id().text();
            commands.onLoop(() -> {
                circle.serve();
                roster.drop(LinkSecurity::isTls);
                circle.tellRemoved(before);
                return publish();
            });
            services.events().tell(Severity.INFO, "identity.reset", "This device has a new identity. No device is paired with it any more.",
                    Map.of("device", id));
            return Outcome.done(id);
        });
    }

    @Override
    public CompletableFuture<Outcome<String>> nameOwn(String name) {
        return commands.run(() -> {
            DeviceName parsed = DeviceName.parse(name);
            gate.byJournal(database -> {
                circle.own().rename(database, parsed);
                return true;
            });
            commands.onLoop(this::publish);
            return Outcome.done(parsed.text());
        });
    }

    /** Done, and in the snapshot. */
    private <T> CompletableFuture<Outcome<T>> shown(CompletableFuture<Outcome<T>> outcome) {
        return outcome.thenApplyAsync(answer -> {
            moved.run();
            return told("command.refused", answer);
        }, services.loop());
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> send(String id, Path path, String note) {
        return shown(deals.send(id, path, note));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> accept(InfoHash hash, Path folder) {
        return shown(deals.accept(hash, folder));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> decline(InfoHash hash) {
        return shown(deals.decline(hash));
    }

    @Override
    public CompletableFuture<Outcome<List<CatalogueItem>>> catalogue(String id, String search) {
        return shown(deals.catalogue(id, search));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> take(CatalogueItem item, Path folder) {
        return shown(deals.take(item, folder));
    }
}
