package org.sallyport.core.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.trust.DeviceId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What was sent to devices and taken from them, and how far that is; kept as text, one line each. Network thread only. */
final class DeviceLedger {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceLedger.class);

    private final Map<OfferKey, Sent> sent = new LinkedHashMap<>();
    private final Map<OfferKey, Taken> taken = new LinkedHashMap<>();

    /** Of what we offered. WAITING is offered again whenever the device comes. */
    enum Sent { WAITING, ACCEPTED, DECLINED, ARRIVED }

    /** Of what we took. ON_ITS_WAY: the sender is to be told when all of it is here. */
    enum Taken { ON_ITS_WAY, TOLD }

    Optional<Sent> sent(OfferKey key) {
        return Optional.ofNullable(sent.get(key));
    }

    void sent(OfferKey key, Sent state) {
        sent.put(key, state);
    }

    /** Hashes offered to a device without an answer yet, oldest first. */
    List<InfoHash> waitingFor(DeviceId device) {
        return sent.entrySet().stream().filter(entry -> entry.getKey().device().equals(device) && entry.getValue() == Sent.WAITING)
                .map(entry -> entry.getKey().hash()).toList();
    }

    Optional<Taken> taken(OfferKey key) {
        return Optional.ofNullable(taken.get(key));
    }

    void taken(OfferKey key, Taken state) {
        taken.put(key, state);
    }

    /** Taken from somebody who does not know yet that it is here. */
    List<OfferKey> onTheirWay() {
        return taken.entrySet().stream().filter(entry -> entry.getValue() == Taken.ON_ITS_WAY).map(Map.Entry::getKey).toList();
    }

    /** Forgets the others. @return whether there were any */
    boolean retain(Predicate<OfferKey> known) {
        boolean some = sent.keySet().removeIf(known.negate());
        return taken.keySet().removeIf(known.negate()) | some;
    }

    String text() {
        return Stream.concat(
                sent.entrySet().stream().map(entry -> line("sent", entry.getKey(), entry.getValue())),
                taken.entrySet().stream().map(entry -> line("taken", entry.getKey(), entry.getValue()))).collect(Collectors.joining("\n"));
    }

    private static String line(String kind, OfferKey key, Enum<?> state) {
        return kind + ' ' + key.hash().hex() + ' ' + key.device().text() + ' ' + state.name().toLowerCase(Locale.ROOT);
    }

    /** Reads what {@link #text} wrote; lines that cannot be read are passed over. */
    void read(String text) {
        text.lines().filter(line -> !line.isBlank()).forEach(line -> {
            String[] part = line.split(" ");
            try {
                if (part.length != 4) {
                    throw new IllegalArgumentException(part.length + " parts");
                }
                OfferKey key = new OfferKey(new InfoHash(part[1]), DeviceId.parse(part[2]));
                String state = part[3].toUpperCase(Locale.ROOT);
                if (part[0].equals("sent")) {
                    sent.put(key, Sent.valueOf(state));
                } else {
                    taken.put(key, Taken.valueOf(state));
                }
            } catch (IllegalArgumentException | RefusedException e) {
                LOG.warn("an entry of what was sent to devices cannot be read and is passed over: {}", e.getMessage());
            }
        });
    }
}
