package org.sallyport.core.engine;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.DevicesState;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.transport.LinkSecurity;
import org.sallyport.core.trust.DeviceBook;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.DeviceName;

/** The commands about this device and those it trusts. They run on the command thread; what they change, on the thread that owns it. */
final class DeviceCommands implements Devices {
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
    private final PairingDesk pairing;
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
        this.pairing = new PairingDesk(services, commands, keeper, moved);
        this.board = new DeviceBoard(services, exchange);
    }

    /** Network thread. */
    DevicesState state() {
        return board.state(pairing.state(), connected());
    }

    /** Once a second, network thread. */
    void tick(long now) {
        pairing.tick(now);
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
        pairing.end();
    }

    /** Who answers those who call to be paired. */
    PairingDoor door() {
        return pairing;
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
        return pairing.offer();
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> pair(String code) {
        return pairing.pair(code);
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> confirm(boolean same) {
        return pairing.confirm(same);
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> cancelPairing() {
        return pairing.cancel();
    }

    /** A change of the book, in the snapshot when it is done. */
    private <T> CompletableFuture<Outcome<T>> change(DeviceKeeper.Change<T> change, Runnable then) {
        return keeper.change(change).thenApply(outcome -> {
            if (outcome.isDone()) {
                then.run();
            }
            moved.run();
            return services.events().told("command.refused", outcome);
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
            return change(book -> book.await(id, name, given), () -> pairing.hurry(id)).join();
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
        return commands.run(() -> changeOf(id, (book, device) -> book.refreshAddresses(device, given), pairing::hurry));
    }

    @Override
    public CompletableFuture<Outcome<String>> remove(String id) {
        return commands.run(() -> changeOf(id, (book, device) -> book.remove(device), this::leave));
    }

    /** Ends what there is with a device that is not trusted any more. */
    private void leave(DeviceId id) {
        pairing.drop(id);
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
            return services.events().told("command.refused", answer);
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
