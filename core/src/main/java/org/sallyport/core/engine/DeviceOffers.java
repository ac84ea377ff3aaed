package org.sallyport.core.engine;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.sallyport.core.engine.DeviceLedger.Sent;
import org.sallyport.core.engine.DeviceLedger.Taken;
import org.sallyport.core.model.DeviceOffer;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.DeviceMessage.Answer.Reply;
import org.sallyport.core.wire.DeviceMessage.Item;
import org.sallyport.core.wire.WireViolation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Offers between this device and the paired ones: ours until they are answered, theirs until a person answers, and what was taken until it has
 * arrived. Network thread only.
 */
final class DeviceOffers {
    /** Where the ledger is kept. */
    static final String LEDGER = "device.ledger";

    private static final Logger LOG = LoggerFactory.getLogger(DeviceOffers.class);

    private final Services services;
    private final Roster roster;
    private final DeviceLines lines;
    private final DeviceShelf shelf;
    private final OfferBook book = new OfferBook();
    private final DeviceLedger ledger = new DeviceLedger();

    DeviceOffers(Services services, Roster roster, DeviceLines lines, DeviceShelf shelf) {
        this.services = services;
        this.roster = roster;
        this.lines = lines;
        this.shelf = shelf;
    }

    /** @param kept the ledger of an earlier run */
    void recall(String kept) {
        ledger.read(kept);
    }

    /** What they offer. */
    OfferBook book() {
        return book;
    }

    /** What is offered by devices that are not trusted any more is not on offer. */
    void forgetUnpaired() {
        book.retain(this::isPaired);
    }

    /** Forgets what is over, and tells what has arrived. */
    void settle() {
        boolean known = services.trust().settled() && services.trust().trouble().isEmpty(); // else nobody is paired, and nothing is to be forgotten
        if (known && ledger.retain(key -> isPaired(key) && roster.find(key.hash()).isPresent())) {
            save();
        }
        ledger.onTheirWay().forEach(this::tellIfArrived);
    }

    /** A device is there that may not have heard yet what we offer. */
    void repeat(DeviceTalk talk) {
        ledger.waitingFor(talk.device()).forEach(hash -> sendOffer(talk, hash));
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

    /** What waits for a yes or no, oldest first. */
    List<DeviceOffer> waiting() {
        return book.all().stream().flatMap(standing -> services.trust().find(standing.key().device()).stream().map(device -> {
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
        book.remove(key);
        Optional<DeviceTalk> talk = lines.talk(key.device());
        talk.ifPresent(open -> open.send(new DeviceMessage.Answer(key.hash(), reply)));
        if (reply == Reply.NO) {
            if (talk.isEmpty()) {
                book.declineLater(key);
            }
        } else {
            ledger.taken(key, Taken.ON_ITS_WAY);
            save();
        }
    }

    void offered(DeviceTalk talk, Item item) throws WireViolation {
        OfferKey key = new OfferKey(item.hash(), talk.device());
        Optional<ManagedTorrent> there = roster.find(item.hash());
        if (there.isPresent() && ledger.taken(key).isPresent()) { // only who sent it may learn that it is here
            talk.send(new DeviceMessage.Answer(item.hash(), there.get().course().delivered() ? Reply.ARRIVED : Reply.YES));
        } else if (book.takeDeclined(key)) {
            talk.send(new DeviceMessage.Answer(item.hash(), Reply.NO));
        } else if (book.has(key)) {
            book.add(key, item, services.clock().instant());
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
        for (OfferBook.Standing old : book.add(key, item, services.clock().instant())) {
            answer(old.key(), Reply.NO);
            services.events().refused("device.offer-refused", new Refusal("device.offer-limit", "Too many offers wait for an answer, so the oldest "
                    + "was refused. Accept or decline the others, or remove the device that sends them."), old.key().device().text(),
                            facts(old.key()));
        }
        services.events().tell(Severity.INFO, "device.offer", "\"" + services.trust().nameOf(key.device()) + "\" wants to send you \"" + item.name()
                + "\". Accept or decline it.", facts(key));
    }

    void answered(DeviceTalk talk, DeviceMessage.Answer answer) throws WireViolation {
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
        String who = services.trust().nameOf(key.device());
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
}
