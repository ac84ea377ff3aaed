package org.sallyport.core.trust;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.SavedDevice;

/** The content of the {@link DeviceBook}: an immutable value, in the order devices were added, no id twice. */
record BookPages(List<PairedDevice> paired, List<AwaitedDevice> awaited) {
    static final BookPages EMPTY = new BookPages(List.of(), List.of());

    BookPages {
        paired = List.copyOf(paired);
        awaited = List.copyOf(awaited);
    }

    Optional<PairedDevice> findPaired(DeviceId id) {
        return paired.stream().filter(device -> device.id().equals(id)).findFirst();
    }

    Optional<AwaitedDevice> findAwaited(DeviceId id) {
        return awaited.stream().filter(device -> device.id().equals(id)).findFirst();
    }

    boolean has(DeviceId id) {
        return findPaired(id).isPresent() || findAwaited(id).isPresent();
    }

    int size() {
        return paired.size() + awaited.size();
    }

    /** In the place of what was known of this id. */
    BookPages with(PairedDevice device) {
        BookPages others = without(device.id());
        return new BookPages(append(others.paired, device), others.awaited);
    }

    BookPages with(AwaitedDevice device) {
        BookPages others = without(device.id());
        return new BookPages(others.paired, append(others.awaited, device));
    }

    BookPages without(DeviceId id) {
        return new BookPages(keep(paired, device -> !device.id().equals(id)), keep(awaited, device -> !device.id().equals(id)));
    }

    BookPages change(DeviceId id, Function<PairedDevice, PairedDevice> ofPaired, Function<AwaitedDevice, AwaitedDevice> ofAwaited) {
        return new BookPages(paired.stream().map(device -> device.id().equals(id) ? ofPaired.apply(device) : device).toList(),
                awaited.stream().map(device -> device.id().equals(id) ? ofAwaited.apply(device) : device).toList());
    }

    List<SavedDevice> save(BookSeal seal) {
        List<SavedDevice> rows = new ArrayList<>();
        for (PairedDevice device : paired) {
            rows.add(new SavedDevice(device.id().text(), device.publicKey(), seal.encrypt(device.pairKey(), device.id()), device.name().text(),
                    device.addresses(), device.addedAt(), device.lastSeen()));
        }
        for (AwaitedDevice device : awaited) {
            rows.add(new SavedDevice(device.id().text(), Bytes.EMPTY, Bytes.EMPTY, device.name().text(),
                    device.addresses(), device.addedAt(), Instant.EPOCH));
        }
        return rows;
    }

    /** @throws RefusedException or IllegalArgumentException if a row is not one that {@link #save} writes */
    static BookPages read(List<SavedDevice> rows, BookSeal seal) throws RefusedException {
        List<PairedDevice> paired = new ArrayList<>();
        List<AwaitedDevice> awaited = new ArrayList<>();
        for (SavedDevice row : rows) {
            DeviceId id = DeviceId.parse(row.id());
            DeviceName name = new DeviceName(row.name());
            List<PeerAddress> addresses = AddressList.check(row.addresses());
            if (row.publicKey().length() == 0) {
                awaited.add(new AwaitedDevice(id, name, addresses, row.addedAt()));
            } else {
                PairKey key = seal.decrypt(row.sealedKey(), id).orElseThrow(() -> new IllegalArgumentException("pair key of " + id.shortText()));
                paired.add(new PairedDevice(id, row.publicKey(), name, addresses, row.addedAt(), row.lastSeen(), key));
            }
        }
        return new BookPages(paired, awaited);
    }

    private static <T> List<T> append(List<T> list, T last) {
        List<T> longer = new ArrayList<>(list);
        longer.add(last);
        return longer;
    }

    private static <T> List<T> keep(List<T> list, Predicate<T> wanted) {
        return list.stream().filter(wanted).toList();
    }
}
