package org.sallyport.core.engine;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.sallyport.core.model.Outcome;
import org.sallyport.core.model.PeerAddress;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.trust.DeviceBook;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.DeviceName;
import org.sallyport.core.trust.Identity;
import org.sallyport.core.trust.PairKey;
import org.sallyport.core.trust.PairShare;
import org.sallyport.core.trust.PairedDevice;

/** Data directories of engines that were paired once, written while no engine runs in them. */
final class PairedEngines {
    private PairedEngines() { }

    /** Two directories trust each other. @param oneAt where {@code one} will listen @param otherAt where {@code other} will; empty if nobody knows */
    static void pair(Path one, List<PeerAddress> oneAt, Path other, List<PeerAddress> otherAt) throws Exception {
        PairKey key = PairKey.agree(PairShare.make(new SecureRandom()), PairShare.make(new SecureRandom()));
        Identity first = identity(one);
        Identity second = identity(other);
        trust(one, first, second, other.getFileName().toString(), otherAt, key);
        trust(other, second, first, one.getFileName().toString(), oneAt, key);
    }

    static DeviceId idOf(Path directory) throws Exception {
        return identity(directory).id();
    }

    private static Identity identity(Path directory) throws Exception {
        try (DataDirectory data = DataDirectory.open(directory)) {
            return Identity.open(data.keyFolder(), Clock.systemUTC());
        }
    }

    private static void trust(Path directory, Identity self, Identity other, String name, List<PeerAddress> addresses, PairKey key) throws Exception {
        try (DataDirectory data = DataDirectory.open(directory); StateDatabase database = StateDatabase.open(data.databaseFile())) {
            DeviceBook book = DeviceBook.open(database, self, data.keyFolder(), Clock.systemUTC());
            Outcome<PairedDevice> added = book.add(other.publicKey(), new DeviceName(name), addresses, key);
            added.fold(device -> device, refusal -> {
                throw new AssertionError(refusal.toString());
            }, problem -> {
                throw new AssertionError(problem);
            });
        }
    }
}
