package org.sallyport.core.trust;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import javax.crypto.Mac;
import org.sallyport.core.model.Refusal;

/**
 * Tells from the name in a ClientHello which device is calling, before anything is answered. Owned by the network thread. At most
 * 3 × 66 HMACs (about 0.3 ms) for a name that looks like a token, nothing to speak of for another; never logs, never throws.
 */
public final class TokenDesk {
    /** Tokens of the epoch before and after count, too: clocks differ and connections take time. */
    private static final int EPOCHS_AROUND = 1;
    private static final int REPLAYS_KEPT = 4096;
    /** Longer than a token can be good: three epochs. */
    private static final Duration REPLAY_WINDOW = Duration.ofMinutes(6);

    private static final Caller NO_TOKEN = stranger("tls.no-token",
            "A TLS connection came without a token of a paired device. It got no answer; nothing needs to be done.");
    private static final Caller UNKNOWN = stranger("tls.unknown-token",
            "A TLS connection came with a token that no paired device made, or made with a clock more than two minutes off. It got no answer.");
    private static final Caller REPLAYED = stranger("tls.replayed-token",
            "A TLS connection came with a token that was used before, as somebody who listens on the network would. It got no answer.");

    private final byte[] self;
    private final Clock clock;
    private final DeviceId selfId;
    private List<Entry> devices = List.of();
    private List<Entry> offers = List.of();
    private final Map<ByteBuffer, Instant> used = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteBuffer, Instant> eldest) {
            return size() > REPLAYS_KEPT;
        }
    };

    private record Entry(Mac mac, Supplier<Caller> caller) { }

    public TokenDesk(DeviceId self, Clock clock) {
        this.self = self.keyHash().toArray();
        this.selfId = self;
        this.clock = clock;
    }

    /** Replaces the devices; one that is gone is a stranger from now on. */
    public void serve(List<PairedDevice> paired, List<AwaitedDevice> awaited) {
        List<Entry> entries = new ArrayList<>();
        for (PairedDevice device : paired) {
            Caller caller = new Caller.Paired(device);
            entries.add(new Entry(Hashing.hmac(device.pairKey().copy()), () -> caller));
        }
        for (AwaitedDevice device : awaited) {
            Caller caller = new Caller.Awaited(device);
            entries.add(new Entry(Hashing.hmac(PairingSecret.ofIds(selfId, device.id()).copy()), () -> caller));
        }
        devices = List.copyOf(entries);
    }

    /** Listens for this code from now on, and for no earlier one. Keep it here after its end: its misuse is then noticed. */
    public void offer(PairingOffer offer) {
        offers = List.of(new Entry(Hashing.hmac(offer.code().secret().copy()),
                () -> offer.begin().<Caller>map(Caller.Stranger::new).orElseGet(() -> new Caller.Invited(offer))));
    }

    /** Who calls. @param serverName as received, bounded by TLS to 64 KiB; empty if there was none */
    public Caller find(String serverName) {
        Optional<SniToken.Parts> parts = SniToken.split(serverName);
        if (parts.isEmpty()) {
            return NO_TOKEN;
        }
        Instant now = clock.instant();
        Optional<Entry> maker = maker(parts.get(), SniToken.epoch(now));
        if (maker.isEmpty()) {
            return UNKNOWN;
        }
        return isFirstUse(parts.get(), now) ? maker.get().caller().get() : REPLAYED;
    }

    /** All are asked, so that the delay does not tell which one it was. */
    private Optional<Entry> maker(SniToken.Parts parts, long epoch) {
        Optional<Entry> maker = Optional.empty();
        for (List<Entry> entries : List.of(devices, offers)) {
            for (Entry entry : entries) {
                if (isOf(entry.mac(), parts, epoch)) {
                    maker = Optional.of(entry);
                }
            }
        }
        return maker;
    }

    private boolean isOf(Mac mac, SniToken.Parts parts, long epoch) {
        boolean found = false;
        for (long each = epoch - EPOCHS_AROUND; each <= epoch + EPOCHS_AROUND; each++) {
            found |= MessageDigest.isEqual(parts.tag(), SniToken.tag(mac, parts.nonce(), each, self));
        }
        return found;
    }

    // only tokens that are right are remembered: garbage must not push them out
    private boolean isFirstUse(SniToken.Parts parts, Instant now) {
        used.values().removeIf(at -> Duration.between(at, now).abs().compareTo(REPLAY_WINDOW) > 0);
        return used.putIfAbsent(ByteBuffer.wrap(Hashing.join(parts.nonce(), parts.tag())), now) == null;
    }

    private static Caller stranger(String rule, String sentence) {
        return new Caller.Stranger(new Refusal(rule, sentence));
    }
}
