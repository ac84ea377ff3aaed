package org.sallyport.core.engine;

import java.time.Clock;
import java.util.List;
import java.util.function.UnaryOperator;
import org.sallyport.core.model.Bytes;
import org.sallyport.core.persist.DataDirectory;
import org.sallyport.core.persist.SavedDevice;
import org.sallyport.core.persist.StateDatabase;
import org.sallyport.core.trust.DeviceBook;
import org.sallyport.core.trust.DeviceId;
import org.sallyport.core.trust.DeviceName;
import org.sallyport.core.trust.Identity;
import org.sallyport.core.trust.PairKey;
import org.sallyport.core.trust.PairedDevice;
import org.sallyport.core.trust.PeerTls;

/** What an engine that is closed keeps of its devices. */
record Circle(Identity self, List<PairedDevice> devices) {

    static Circle of(EngineOptions options) throws Exception {
        try (DataDirectory data = DataDirectory.open(options.dataDirectory()); StateDatabase database = StateDatabase.open(data.databaseFile())) {
            Identity self = Identity.open(data.keyFolder(), Clock.systemUTC());
            return new Circle(self, DeviceBook.open(database, self, data.keyFolder(), Clock.systemUTC()).devices());
        }
    }

    /** As somebody would who can write the file and does not have the key. */
    static void tamper(EngineOptions options, UnaryOperator<List<SavedDevice>> change) throws Exception {
        try (DataDirectory data = DataDirectory.open(options.dataDirectory()); StateDatabase database = StateDatabase.open(data.databaseFile())) {
            database.saveDevices(change.apply(database.devices()));
        }
    }

    /** Fills the book up. */
    static void fill(EngineOptions options) throws Exception {
        try (DataDirectory data = DataDirectory.open(options.dataDirectory()); StateDatabase database = StateDatabase.open(data.databaseFile())) {
            DeviceBook book = DeviceBook.open(database, Identity.open(data.keyFolder(), Clock.systemUTC()), data.keyFolder(), Clock.systemUTC());
            for (int i = 0; i < DeviceBook.MAX_DEVICES; i++) {
                byte[] key = {(byte) i};
                book.await(DeviceId.of(Bytes.copyOf(key)), new DeviceName("Device " + i), List.of());
            }
        }
    }

    PairKey keyOf(String id) {
        return devices.stream().filter(device -> device.id().text().equals(id)).findFirst().orElseThrow().pairKey();
    }

    /** A caller with everything that this engine keeps. */
    PeerTls tls() {
        return new PeerTls(self, Clock.systemUTC());
    }
}
