package org.sallyport.core.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.sallyport.core.model.InfoHash;
import org.sallyport.core.wire.DeviceMessage.Item;

/** What devices want to send here, oldest first, until a person says yes or no. Not kept: it is offered again. Network thread only. */
final class OfferBook {
    static final int PER_DEVICE = 100;
    static final int IN_ALL = 500;

    private final Map<OfferKey, Standing> offers = new LinkedHashMap<>();
    /** Said no to while the device was away. */
    private final Set<OfferKey> declined = new LinkedHashSet<>();

    /** @param at when it came first */
    record Standing(OfferKey key, Item item, Instant at) { }

    boolean has(OfferKey key) {
        return offers.containsKey(key);
    }

    /** Adds an offer, or what is new about one that stands. @return those that had to give way */
    List<Standing> add(OfferKey key, Item item, Instant now) {
        Standing known = offers.get(key);
        offers.put(key, new Standing(key, item, known == null ? now : known.at()));
        List<Standing> outOfPlace = new ArrayList<>();
        while (offers.keySet().stream().filter(each -> each.device().equals(key.device())).count() > PER_DEVICE) {
            outOfPlace.add(takeOldest(standing -> standing.key().device().equals(key.device())));
        }
        while (offers.size() > IN_ALL) {
            outOfPlace.add(takeOldest(any -> true));
        }
        return outOfPlace;
    }

    private Standing takeOldest(Predicate<Standing> which) {
        for (Iterator<Standing> each = offers.values().iterator(); each.hasNext();) {
            Standing standing = each.next();
            if (which.test(standing)) {
                each.remove();
                return standing;
            }
        }
        throw new IllegalStateException("nothing stands that could give way");
    }

    List<Standing> all() {
        return List.copyOf(offers.values());
    }

    /** The offer of this torrent that is taken: of several devices, of one that passes, else of the first. */
    Optional<Standing> find(InfoHash hash, Predicate<OfferKey> preferred) {
        List<Standing> same = offers.values().stream().filter(standing -> standing.key().hash().equals(hash)).toList();
        return same.stream().filter(standing -> preferred.test(standing.key())).findFirst().or(() -> same.stream().findFirst());
    }

    void remove(OfferKey key) {
        offers.remove(key);
    }

    /** The device hears it when it offers again. */
    void declineLater(OfferKey key) {
        declined.add(key);
        if (declined.size() > IN_ALL) {
            declined.remove(declined.iterator().next());
        }
    }

    /** Whether it was said no to; the device is told now. */
    boolean takeDeclined(OfferKey key) {
        return declined.remove(key);
    }

    /** Forgets devices that are not trusted any more. */
    void retain(Predicate<OfferKey> trusted) {
        offers.keySet().removeIf(trusted.negate());
        declined.removeIf(trusted.negate());
    }
}
