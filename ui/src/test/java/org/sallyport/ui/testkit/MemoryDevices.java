package org.sallyport.ui.testkit;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.sallyport.core.engine.Devices;
import org.sallyport.core.model.CatalogueItem;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.DeviceSnapshot;
import org.sallyport.core.model.DeviceSnapshot.Standing;
import org.sallyport.core.model.DevicesState;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PairingState;
import org.sallyport.core.model.PairingState.Stage;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.Refusal;

/** Devices without keys and network, as the contract of {@link Devices} has them; pairs with those it is linked to. */
public final class MemoryDevices implements Devices {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private static final List<String> WORDS = List.of("copper", "meadow", "lantern", "orbit", "pencil", "winter");
    private static final List<String> OTHER_WORDS = List.of("anchor", "meadow", "saddle", "orbit", "violin", "garden");
    /** All devices of a test talk on it, so that nothing here is ever half done. */
    private static final ExecutorService WIRE = Executors.newSingleThreadExecutor(r -> {
        Thread t = new Thread(r, "memory-devices");
        t.setDaemon(true);
        return t;
    });

    private final MemoryEngine engine;
    private final List<MemoryDevices> linked = new CopyOnWriteArrayList<>();
    private final List<CatalogueItem> shared = new CopyOnWriteArrayList<>();
    private final Random random = new Random(7);
    private volatile DevicesState state;
    private volatile List<String> words = WORDS;
    private volatile CompletableFuture<Void> mayAnswer = CompletableFuture.completedFuture(null);
    private volatile Optional<MemoryDevices> partner = Optional.empty();

    MemoryDevices(MemoryEngine engine, String name) {
        this.engine = engine;
        this.state = new DevicesState(id(name), name, List.of(), PairingState.NONE, List.of(), "");
    }

    /** An id as people see it, always the same for the same name. */
    public static String id(String name) {
        Random letters = new Random(name.hashCode());
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 56; i++) {
            id.append(i > 0 && i % 7 == 0 ? "-" : "").append(ALPHABET.charAt(letters.nextInt(32)));
        }
        return id.toString();
    }

    /** A paired device that is not there in a test. @param lastSeen {@link Instant#EPOCH} for never */
    public static DeviceSnapshot device(String name, boolean connected, Instant lastSeen) {
        return new DeviceSnapshot(id(name), name, Standing.PAIRED, List.of(PeerAddress.parse("192.168.1.20:51413")), connected,
                Instant.parse("2026-10-02T08:00:00Z"), lastSeen, "");
    }

    /** They reach each other from now on. */
    public void link(MemoryDevices other) {
        linked.add(other);
        other.linked.add(this);
    }

    public MemoryDevices with(DeviceSnapshot device) {
        return change(s -> DeviceStates.devices(s, DeviceStates.with(s.devices(), device)));
    }

    public MemoryDevices offered(DeviceOffer offer) {
        return change(s -> DeviceStates.offers(s, DeviceStates.append(s.offers(), offer)));
    }

    /** What a paired device shares with this one. */
    public MemoryDevices sharing(CatalogueItem item) {
        shared.add(item);
        return this;
    }

    public MemoryDevices trouble(String sentence) {
        return change(s -> new DevicesState(s.ownId(), s.ownName(), s.devices(), s.pairing(), s.offers(), sentence));
    }

    /** Shows other words than its partner, as if somebody sat between the two. */
    public void deceived() {
        words = OTHER_WORDS;
    }

    /** The pairing that is under way is at this point from now on. */
    public void pairing(PairingState now) {
        change(s -> DeviceStates.pairing(s, now));
    }

    /** Catalogues are answered when {@code until} is. */
    public void holdCatalogue(CompletableFuture<Void> until) {
        mayAnswer = until;
    }

    public DevicesState state() {
        return state;
    }

    private MemoryDevices change(UnaryOperator<DevicesState> step) {
        CompletableFuture.runAsync(() -> set(step), WIRE).join();
        return this;
    }

    private void set(UnaryOperator<DevicesState> step) {
        state = step.apply(state);
        engine.changed();
    }

    private <T> CompletableFuture<Outcome<T>> command(String name, String words, Supplier<Outcome<T>> work) {
        return CompletableFuture.supplyAsync(() -> {
            engine.note((name + " " + words).strip());
            Optional<Refusal> refusal = engine.refusal(name);
            return refusal.isPresent() ? Outcome.<T>refused(refusal.get()) : work.get();
        }, WIRE);
    }

    private Outcome<PairingState> at(Stage stage, String sentence) {
        String other = partner.map(p -> p.state.ownName()).orElse("");
        String otherId = partner.map(p -> p.state.ownId()).orElse("");
        List<String> shown = stage.ordinal() >= Stage.COMPARING.ordinal() && stage != Stage.ENDED ? words : List.of();
        PairingState now = new PairingState(stage, "", Instant.EPOCH, shown, otherId, other, sentence);
        set(s -> DeviceStates.pairing(s, now));
        return Outcome.done(now);
    }

    @Override
    public CompletableFuture<Outcome<String>> identify() {
        return command("identify", "", () -> Outcome.done(state.ownId()));
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> offer() {
        return command("offer", "", () -> {
            StringBuilder code = new StringBuilder("SALLYPORT:");
            random.ints(98, 0, 32).forEach(i -> code.append(ALPHABET.charAt(i)));
            PairingState now = new PairingState(Stage.OFFERING, code.toString(), Instant.now().plus(Duration.ofMinutes(10)), List.of(), "", "",
                    "Waiting for the other device to read the code.");
            set(s -> DeviceStates.pairing(s, now));
            return Outcome.done(now);
        });
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> pair(String code) {
        return command("pair", "", () -> {
            if (!code.strip().toUpperCase(Locale.ROOT).startsWith("SALLYPORT:")) {
                return Outcome.refused("pairing.code-format",
                        "This is not a pairing code. It begins with SALLYPORT: and is shown on the other device under Add a device.");
            }
            partner = linked.stream().filter(other -> other.state.pairing().code().equals(code.strip())).findFirst();
            if (partner.isEmpty()) {
                return at(Stage.ENDED, "No device answers to this code. Show a new one on the other device, and try again.");
            }
            partner.get().partner = Optional.of(this);
            partner.get().at(Stage.COMPARING, "Compare the words.");
            return at(Stage.COMPARING, "Compare the words.");
        });
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> confirm(boolean same) {
        return command("confirm", Boolean.toString(same), () -> {
            if (state.pairing().stage() != Stage.COMPARING) {
                return Outcome.refused("pairing.nothing-to-confirm", "There are no words to compare.");
            }
            MemoryDevices other = partner.orElseThrow();
            if (!same) {
                other.at(Stage.ENDED, "The words were different on the other device. Nothing was paired. Begin again with a new code.");
                return at(Stage.ENDED, "The words were different, so somebody may be in between. Nothing was paired. Begin again with a new code.");
            }
            if (other.state.pairing().stage() != Stage.WAITING) {
                return at(Stage.WAITING, "Waiting for the other device to say the same.");
            }
            other.paired(this);
            paired(other);
            other.at(Stage.PAIRED, state.ownName() + " is paired.");
            return at(Stage.PAIRED, other.state.ownName() + " is paired.");
        });
    }

    private void paired(MemoryDevices other) {
        DeviceSnapshot device = new DeviceSnapshot(other.state.ownId(), other.state.ownName(), Standing.PAIRED,
                List.of(PeerAddress.parse("192.168.1.21:51413")), true, Instant.now(), Instant.now(), "");
        set(s -> DeviceStates.devices(s, DeviceStates.with(s.devices(), device)));
    }

    @Override
    public CompletableFuture<Outcome<PairingState>> cancelPairing() {
        return command("cancelPairing", "", () -> {
            Stage stage = state.pairing().stage();
            if (stage == Stage.COMPARING || stage == Stage.WAITING) {
                partner.ifPresent(other -> other.at(Stage.ENDED, "It was ended on the other device. Nothing was paired."));
            }
            set(s -> DeviceStates.pairing(s, PairingState.NONE));
            return Outcome.done(PairingState.NONE);
        });
    }

    @Override
    public CompletableFuture<Outcome<String>> add(String typed, String name, List<PeerAddress> addresses) {
        return command("add", name + " " + addresses, () -> {
            String id = typed.strip().toUpperCase(Locale.ROOT);
            if (!id.matches("([A-Z2-7]{7}-){7}[A-Z2-7]{7}")) {
                return Outcome.<String>refused("device-id.length", "A device id has 56 letters and digits, in 8 groups of 7. "
                        + "Some are missing or too many: compare it with the other screen.");
            }
            DeviceSnapshot device = new DeviceSnapshot(id, name, Standing.AWAITED, addresses, false, Instant.now(), Instant.EPOCH, "");
            set(s -> DeviceStates.devices(s, DeviceStates.with(s.devices(), device)));
            linked.stream().filter(o -> o.state.ownId().equals(id) && o.find(state.ownId()).isPresent()).findFirst().ifPresent(other -> {
                other.paired(this);
                paired(other);
            });
            return Outcome.done(id);
        });
    }

    private Optional<DeviceSnapshot> find(String id) {
        return state.devices().stream().filter(d -> d.id().equals(id)).findFirst();
    }

    private CompletableFuture<Outcome<String>> edit(String name, String id, String words, UnaryOperator<DeviceSnapshot> edit) {
        return command(name, words, () -> {
            if (find(id).isEmpty()) {
                return Outcome.<String>refused("device.unknown", "This device is not on the list.");
            }
            set(s -> DeviceStates.devices(s, s.devices().stream().map(d -> d.id().equals(id) ? edit.apply(d) : d).toList()));
            return Outcome.done(id);
        });
    }

    @Override
    public CompletableFuture<Outcome<String>> rename(String id, String name) {
        return edit("rename", id, name,
                d -> new DeviceSnapshot(id, name, d.standing(), d.addresses(), d.connected(), d.addedAt(), d.lastSeen(), d.trouble()));
    }

    @Override
    public CompletableFuture<Outcome<String>> readdress(String id, List<PeerAddress> to) {
        return edit("readdress", id, to.toString(),
                d -> new DeviceSnapshot(id, d.name(), d.standing(), to, d.connected(), d.addedAt(), d.lastSeen(), d.trouble()));
    }

    @Override
    public CompletableFuture<Outcome<String>> remove(String id) {
        return command("removeDevice", find(id).map(DeviceSnapshot::name).orElse(""), () -> {
            set(s -> DeviceStates.devices(s, s.devices().stream().filter(d -> !d.id().equals(id)).toList()));
            return Outcome.done(id);
        });
    }

    @Override
    public CompletableFuture<Outcome<String>> resetIdentity() {
        return command("resetIdentity", "", () -> {
            set(s -> new DevicesState(id(s.ownId()), s.ownName(), List.of(), PairingState.NONE, List.of(), ""));
            return Outcome.done(state.ownId());
        });
    }

    @Override
    public CompletableFuture<Outcome<String>> nameOwn(String name) {
        return command("nameOwn", name, () -> {
            set(s -> new DevicesState(s.ownId(), name, s.devices(), s.pairing(), s.offers(), s.trouble()));
            return Outcome.done(name);
        });
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> send(String id, Path path, String note) {
        String what = path.getFileName().toString();
        return command("send", find(id).map(DeviceSnapshot::name).orElse("") + " " + what + " " + note, () -> {
            InfoHash hash = engine.take(what, 412_000_000L, true);
            DeviceOffer offer = new DeviceOffer(hash, state.ownId(), state.ownName(), what, 412_000_000L, 23, note, Instant.now());
            linked.stream().filter(o -> o.state.ownId().equals(id))
                    .forEach(other -> other.set(s -> DeviceStates.offers(s, DeviceStates.append(s.offers(), offer))));
            return Outcome.done(hash);
        });
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> accept(InfoHash hash, Path folder) {
        return answer("accept", hash, folder.toString(), offer -> engine.take(offer.name(), offer.bytes(), false));
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> decline(InfoHash hash) {
        return answer("decline", hash, "", offer -> { });
    }

    private CompletableFuture<Outcome<InfoHash>> answer(String name, InfoHash hash, String words, Consumer<DeviceOffer> then) {
        return command(name, words, () -> {
            state.offers().stream().filter(o -> o.hash().equals(hash)).forEach(then);
            set(s -> DeviceStates.offers(s, s.offers().stream().filter(o -> !o.hash().equals(hash)).toList()));
            return Outcome.done(hash);
        });
    }

    @Override
    public CompletableFuture<Outcome<List<CatalogueItem>>> catalogue(String id, String search) {
        CompletableFuture<Void> held = mayAnswer;
        String part = search.toLowerCase(Locale.ROOT);
        return command("catalogue", id + search, () -> Outcome.done(shared.stream()
                .filter(item -> (id.isEmpty() || item.deviceId().equals(id)) && item.name().toLowerCase(Locale.ROOT).contains(part)).toList()))
                .thenCombine(held, (outcome, nothing) -> outcome);
    }

    @Override
    public CompletableFuture<Outcome<InfoHash>> take(CatalogueItem item, Path folder) {
        return command("take", item.name() + " " + folder, () -> {
            shared.replaceAll(i -> i.hash().equals(item.hash())
                    ? new CatalogueItem(i.hash(), i.deviceId(), i.deviceName(), i.name(), i.bytes(), i.files(), i.note(), true) : i);
            return Outcome.done(engine.take(item.name(), item.bytes(), false));
        });
    }
}
