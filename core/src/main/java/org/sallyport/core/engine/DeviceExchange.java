package org.sallyport.core.engine;

import java.net.InetAddress;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.transport.CloseReason;
import org.sallyport.core.transport.LinkHandler;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.wire.DeviceMessage;
import org.sallyport.core.wire.WireViolation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who of the paired devices is there, and what this device and they tell each other. Network thread only. */
final class DeviceExchange implements DeviceLines.Hearer {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceExchange.class);

    private final Services services;
    private final Roster roster;
    private final DeviceLines lines;
    private final DeviceShelf shelf;
    private final DeviceWhereabouts whereabouts;
    private final DeviceOffers offers;
    private boolean begun;

    DeviceExchange(Services services, Roster roster) {
        this.services = services;
        this.roster = roster;
        this.lines = new DeviceLines(services, this);
        this.shelf = new DeviceShelf(services, roster);
        this.offers = new DeviceOffers(services, roster, lines, shelf);
        this.whereabouts = new DeviceWhereabouts(services, roster::devicesChanged);
    }

    /** Reads what is kept; then devices are called. Any thread. */
    void begin() {
        services.trust().onRemoved(device -> tick(System.nanoTime()));
        services.journal().run(db -> db.meta(DeviceOffers.LEDGER)).whenCompleteAsync((text, failure) -> {
            if (failure == null) {
                offers.recall(text);
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
        offers.forgetUnpaired();
        if (whereabouts.othersHaveChanged()) {
            roster.devicesChanged();
        }
        lines.tick(now);
        offers.settle();
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

    DeviceOffers offers() {
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

    @Override
    public void here(DeviceTalk talk) {
        talk.send(whereabouts.hello());
        offers.repeat(talk);
    }

    @Override
    public void heard(DeviceTalk talk, DeviceMessage message) throws WireViolation {
        switch (message.kind()) {
            case HELLO -> hello(talk, (DeviceMessage.Hello) message);
            case OFFER -> offers.offered(talk, ((DeviceMessage.Offer) message).item());
            case ANSWER -> offers.answered(talk, (DeviceMessage.Answer) message);
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

    @Override
    public void gone(DeviceTalk talk, CloseReason reason) {
        if (isViolation(reason)) {
            Refusal refusal = new Refusal(reason.rule(), "\"" + services.trust().nameOf(talk.device())
                    + "\" broke the rules of the connection between devices, so it was closed (" + reason.sentence()
                    + "). It is called again later. If it happens again, update Sallyport there, or remove the device.");
            services.events().refused("device.cut-off", refusal, talk.device().text(), Map.of("device", talk.device().text()));
        }
    }

    /** Whether a link ended because the other side broke the rules. */
    static boolean isViolation(CloseReason reason) {
        return reason.rule().startsWith("wire.") || DeviceTalk.BREACHES.contains(reason.rule());
    }
}
