package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sallyport.core.engine.DeviceLedger.Sent;
import org.sallyport.core.engine.DeviceLedger.Taken;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.DeviceMessage.Answer.Reply;
import org.sallyport.core.wire.DeviceMessage.Item;
import org.sallyport.core.wire.WireViolation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What this device and the paired ones tell each other: where they are, what they want to send, what they share. Network thread only. */
final class DeviceExchange implements DeviceLines.Hearer {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceExchange.class);
    private static final String LEDGER = "device.ledger";

    private final Services services;
    private final Roster roster;
    private final DeviceLines lines;
    private final DeviceShelf shelf;
    private final DeviceWhereabouts whereabouts;
    private final OfferBook offers = new OfferBook();
    private final DeviceLedger ledger = new DeviceLedger();
    private boolean begun;

    DeviceExchange(Services services, Roster roster) {
        this.services = services;
        this.roster = roster;
        this.lines = new DeviceLines(services, this);
        this.shelf = new DeviceShelf(services, roster);
        this.whereabouts = new DeviceWhereabouts(services, roster::devicesChanged);
    }

    /** Reads what is kept; then devices are called. Any thread. */
    void begin() {
        services.trust().onRemoved(device -> tick(System.nanoTime()));
        services.journal().run(db -> db.meta(LEDGER)).whenCompleteAsync((text, failure) -> {
            if (failure == null) {
                ledger.read(text);
            } else {
                LOG.error("what was sent to devices cannot be read", failure);
            }
            begun = true;
        }, services.loop());
    }

    /** Once a second, and when the book of devices has changed: then links with those that are gone end at once. */
    void tick(long now) {
        if (!begun) {
            return;
        }
        if (whereabouts.ownHaveChanged()) {
            lines.talks().forEach(talk -> talk.send(whereabouts.hello()));
            lines.hurry();
        }
        offers.retain(this::isPaired);
        if (whereabouts.othersHaveChanged()) {
            roster.devicesChanged();
        }
        lines.tick(now);
        boolean known = services.trust().settled() && services.trust().trouble().isEmpty(); // else nobody is paired, and nothing is to be forgotten
        if (known && ledger.retain(key -> isPaired(key) && roster.find(key.hash()).isPresent())) {
            save();
        }
        ledger.onTheirWay().forEach(this::tellIfArrived);
    }

    private boolean isPaired(OfferKey key) {
        return services.trust().find(key.device()).isPresent();
    }

    private void tellIfArrived(OfferKey key) {
        Optional<DeviceTalk> talk = lines.talk(key.device());
        if (talk.isPresent() && roster.find(key.hash()).filter(torrent -> torrent.course().delivered()).isPresent()) {
            talk.get().send(new DeviceMessage.Answer(key.hash(), Reply.ARRIVED));
            ledger.taken(key, Taken.TOLD);
            save();
        }
    }

    private void save() {
        String text = ledger.text();
        services.journal().run(db -> {
            db.putMeta(LEDGER, text);
            return true;
        }).exceptionally(failure -> {
            LOG.error("what was sent to devices could not be saved", failure);
            return false;
        });
    }

    /** Takes a connection that names the device channel, from a device that TLS verified. */
    LinkHandler incoming(DeviceId device) {
        return lines.incoming(device);
    }

    void shutOut(Predicate<InetAddress> unwelcome) {
        lines.shutOut(unwelcome);
    }

    void close() {
        lines.close();
    }

    DeviceLines lines() {
        return lines;
    }

    OfferBook offers() {
        return offers;
    }

    /** The devices with which there is a link now. */
    Set<DeviceId> connected() {
        return lines.talks().stream().map(DeviceTalk::device).collect(Collectors.toSet());
    }

    /** Whether a link stands now. */
    boolean connected(DeviceId device) {
        return lines.talk(device).isPresent();
    }

    /** Empty, or why the device cannot be reached and what to do. */
    String trouble(PairedDevice device) {
        return lines.find(device.id()).filter(line -> !line.connected())
                .map(line -> DeviceWhereabouts.trouble(device, line.failure())).orElseGet(() -> services.trust().calls().trouble(device.id()));
    }

    /** What waits for a yes or no, oldest first. */
    List<DeviceOffer> waiting() {
        return offers.all().stream().flatMap(standing -> services.trust().find(standing.key().device()).stream().map(device -> {
            Item item = standing.item();
            return new DeviceOffer(item.hash(), device.id().text(), device.name().text(), item.name(), item.bytes(), item.files(),
                    item.note(), standing.at());
        })).toList();
    }

    /** Why nothing more can be offered to a device now. */
    Optional<Refusal> full(DeviceId device) {
        return ledger.waitingFor(device).size() < OfferBook.PER_DEVICE ? Optional.empty()
                : Optional.of(new Refusal("device.offer-limit", "This device has " + OfferBook.PER_DEVICE
                        + " offers from here that it did not answer yet. Wait until it does, or stop sharing some of them."));
    }

    /** Offers a share to a device, now or when it comes, until it answers. */
    void offer(OfferKey key) {
        ledger.sent(key, Sent.WAITING);
        save();
        Optional<DeviceTalk> talk = lines.talk(key.device());
        talk.ifPresent(open -> sendOffer(open, key.hash()));
        if (talk.isEmpty()) {
            lines.reach(key.device());
        }
    }

    private void sendOffer(DeviceTalk talk, InfoHash hash) {
        shelf.item(talk.device(), hash).ifPresent(item -> talk.send(new DeviceMessage.Offer(item)));
    }

    /** The person took it, or said no. */
    void answer(OfferKey key, Reply reply) {
        offers.remove(key);
        Optional<DeviceTalk> talk = lines.talk(key.device());
        talk.ifPresent(open -> open.send(new DeviceMessage.Answer(key.hash(), reply)));
        if (reply == Reply.NO) {
            if (talk.isEmpty()) {
                offers.declineLater(key);
            }
        } else {
            ledger.taken(key, Taken.ON_ITS_WAY);
            save();
        }
    }

    @Override
    public void here(DeviceTalk talk) {
        talk.send(whereabouts.hello());
        ledger.waitingFor(talk.device()).forEach(hash -> sendOffer(talk, hash));
    }

    @Override
    public void heard(DeviceTalk talk, DeviceMessage message) throws WireViolation {
        switch (message.kind()) {
            case HELLO -> hello(talk, (DeviceMessage.Hello) message);
            case OFFER -> offered(talk, ((DeviceMessage.Offer) message).item());
            case ANSWER -> answered(talk, (DeviceMessage.Answer) message);
            case ASK_CATALOGUE -> talk.send(shelf.page(talk.device(), (DeviceMessage.AskCatalogue) message));
            case GET_METAINFO -> talk.send(shelf.part(talk.device(), (DeviceMessage.GetMetainfo) message));
            case CATALOGUE, METAINFO -> talk.unasked();
            case BYE -> talk.close(new CloseReason("device.bye", "the device ended the connection"));
        }
    }

    private void hello(DeviceTalk talk, DeviceMessage.Hello hello) {
        if (lines.find(talk.device()).filter(DeviceLine::mayTellAddresses).isPresent()) {
            whereabouts.learn(talk, hello);
        }
    }

    private void offered(DeviceTalk talk, Item item) throws WireViolation {
        OfferKey key = new OfferKey(item.hash(), talk.device());
        Optional<ManagedTorrent> there = roster.find(item.hash());
        if (there.isPresent() && ledger.taken(key).isPresent()) { // only who sent it may learn that it is here
            talk.send(new DeviceMessage.Answer(item.hash(), there.get().course().delivered() ? Reply.ARRIVED : Reply.YES));
        } else if (offers.takeDeclined(key)) {
            talk.send(new DeviceMessage.Answer(item.hash(), Reply.NO));
        } else if (offers.has(key)) {
            offers.add(key, item, services.clock().instant());
        } else if (lines.find(talk.device()).filter(DeviceLine::mayOffer).isEmpty()) {
            throw new WireViolation("device.flood", "offers more than anybody can look at");
        } else {
            newOffer(talk, key, item);
        }
    }

    private void newOffer(DeviceTalk talk, OfferKey key, Item item) {
        String device = key.device().text();
        Optional<Refusal> denied = services.policy().decide(new PolicyRequest.TakeOffer(device, item.name(), item.bytes(), item.files())).reason();
        if (denied.isPresent()) {
            talk.send(new DeviceMessage.Answer(item.hash(), Reply.NO));
            services.events().refused("device.offer-refused", denied.get(), device, facts(key));
            return;
        }
        for (OfferBook.Standing old : offers.add(key, item, services.clock().instant())) {
            answer(old.key(), Reply.NO);
            services.events().refused("device.offer-refused", new Refusal("device.offer-limit", "Too many offers wait for an answer, so the oldest "
                    + "was refused. Accept or decline the others, or remove the device that sends them."), old.key().device().text(),
                            facts(old.key()));
        }
        services.events().tell(Severity.INFO, "device.offer", "\"" + name(key.device()) + "\" wants to send you \"" + item.name()
                + "\". Accept or decline it.", facts(key));
    }

    private void answered(DeviceTalk talk, DeviceMessage.Answer answer) throws WireViolation {
        OfferKey key = new OfferKey(answer.hash(), talk.device());
        Optional<Sent> before = ledger.sent(key);
        if (before.isEmpty()) {
            talk.unasked();
            return;
        }
        Sent now = switch (answer.reply()) {
            case YES -> Sent.ACCEPTED;
            case NO -> Sent.DECLINED;
            case ARRIVED -> Sent.ARRIVED;
        };
        boolean news = before.get() == Sent.WAITING || before.get() == Sent.ACCEPTED && now == Sent.ARRIVED;
        if (!news) { // once is enough, and who changes its mind back and forth would fill the log
            return;
        }
        ledger.sent(key, now);
        save();
        String what = roster.find(key.hash()).map(torrent -> torrent.metainfo().name()).orElse("");
        String who = name(key.device());
        switch (now) {
            case ACCEPTED -> tell("device.offer-accepted", "\"" + who + "\" accepts \"" + what + "\"; it is being sent.", key);
            case DECLINED -> tell("device.offer-declined", "\"" + who + "\" does not want \"" + what + "\".", key);
            case ARRIVED -> tell("device.offer-arrived", "\"" + what + "\" has arrived on \"" + who + "\".", key);
            case WAITING -> { }
        }
    }

    private void tell(String id, String sentence, OfferKey key) {
        services.events().tell(Severity.INFO, id, sentence, facts(key));
    }

    private static Map<String, String> facts(OfferKey key) {
        return Map.of("hash", key.hash().hex(), "device", key.device().text());
    }

    String name(DeviceId device) {
        return services.trust().find(device).map(known -> known.name().text()).orElse("A device");
    }

    @Override
    public void gone(DeviceTalk talk, CloseReason reason) {
        if (isViolation(reason)) {
            services.events().refused("device.cut-off",
                    new Refusal(reason.rule(), "\"" + name(talk.device()) + "\" broke the rules of the connection "
                    + "between devices, so it was closed (" + reason.sentence()
                    + "). It is called again later. If it happens again, update Sallyport "
                    + "there, or remove the device."), talk.device().text(), Map.of("device", talk.device().text()));
        }
    }

    /** Whether a link ended because the other side broke the rules. */
    static boolean isViolation(CloseReason reason) {
        return reason.rule().startsWith("wire.") || DeviceTalk.BREACHES.contains(reason.rule());
    }
}
