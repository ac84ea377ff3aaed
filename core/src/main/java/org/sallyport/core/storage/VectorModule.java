package org.sallyport.core.storage;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the JDK's Vector API, an incubator module that is not there unless it is asked for. Named on the command line
 * ({@code --add-modules}) it makes each start print a warning and take longer. So the launcher only opens the door
 * ({@code --add-exports java.base/jdk.internal.module=ALL-UNNAMED}) through which the JDK itself adds such modules when they are needed; that one is
 * quiet. Where neither was done, or a future JDK knows neither, there are no lanes (decision 0019).
 */
final class VectorModule {
    private static final Logger LOG = LoggerFactory.getLogger(VectorModule.class);
    private static final String MODULE = "jdk.incubator.vector";
    private static final String ROUNDS = "org.sallyport.core.storage.VectorSha1";

    private VectorModule() { }

    /** The compression function in vectors; slow for its first hundreds of calls. Takes up to 100 ms. */
    static Optional<Sha1Lanes.Rounds> load() {
        try {
            if (ModuleLayer.boot().findModule(MODULE).isEmpty()) {
                Class.forName("jdk.internal.module.Modules").getMethod("loadModule", String.class).invoke(null, MODULE);
            }
            return Optional.of((Sha1Lanes.Rounds) Class.forName(ROUNDS).getDeclaredConstructor().newInstance());
        } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
            LOG.debug("no vectors on this system", e);
            return Optional.empty();
        }
    }
}
