package org.sallyport.core.engine;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.OptionalInt;
import org.sallyport.core.settings.Settings;

/**
 * What a start of the engine is told besides its settings file.
 *
 * @param dataDirectory state lives here (database, settings, lock); created with mode 0700
 * @param port          overrides the configured port for this run; 0 means no listener; empty uses the settings
 * @param bind          the address to listen on; the wildcard address for all of this computer
 * @param networkInterface the only network interface to be used in this run; empty uses the settings
 * @param dht           whether the DHT may be used in this run, if the settings say so
 * @param rates         limits of this run, for the own network too; {@code NONE} uses the settings, and so does everything once those are changed
 * @param publishersOf  the data directory whose publisher book counts and is changed; usually the same, and it may be in use
 */
public record EngineOptions(Path dataDirectory, OptionalInt port, InetAddress bind, String networkInterface, boolean dht, Settings.Rates rates,
        Path publishersOf) {
    public static EngineOptions in(Path dataDirectory) {
        return new EngineOptions(dataDirectory, OptionalInt.empty(), new InetSocketAddress(0).getAddress(), "", true, Settings.Rates.NONE,
                dataDirectory);
    }

    public EngineOptions withPort(int value) {
        return new EngineOptions(dataDirectory, OptionalInt.of(value), bind, networkInterface, dht, rates, publishersOf);
    }

    public EngineOptions withBind(InetAddress address) {
        return new EngineOptions(dataDirectory, port, address, networkInterface, dht, rates, publishersOf);
    }

    public EngineOptions withInterface(String name) {
        return new EngineOptions(dataDirectory, port, bind, name, dht, rates, publishersOf);
    }

    public EngineOptions withRates(Settings.Rates value) {
        return new EngineOptions(dataDirectory, port, bind, networkInterface, dht, value, publishersOf);
    }

    public EngineOptions withDht(boolean value) {
        return new EngineOptions(dataDirectory, port, bind, networkInterface, value, rates, publishersOf);
    }

    /** For a data directory that belongs to one command only. */
    public EngineOptions withPublishersOf(Path dataDirectoryOfUser) {
        return new EngineOptions(dataDirectory, port, bind, networkInterface, dht, rates, dataDirectoryOfUser);
    }
}
