package org.sallyport.app.wiring;

import java.io.IOException;
import org.sallyport.core.engine.Engine;
import org.sallyport.core.engine.EngineOptions;
import org.sallyport.core.engine.EngineStartException;

/** An engine that owns its data directory, together with the control socket others reach it through. */
public final class RunningInstance implements AutoCloseable {
    private final Engine engine;
    private final ControlServer control;

    /** Runs a command line of another process against this engine. */
    @FunctionalInterface
    public interface EngineCommands {
        int run(Engine engine, ControlRequest request, Output output);
    }

    private RunningInstance(Engine engine, ControlServer control) {
        this.engine = engine;
        this.control = control;
    }

    /** @throws EngineStartException if the engine or its control socket cannot be started; the message is for the user */
    public static RunningInstance start(EngineOptions options, EngineCommands commands) throws EngineStartException {
        Engine engine = Engine.start(options);
        try {
            Logging.toFile(options.dataDirectory());
            return new RunningInstance(engine, ControlServer.open(
                    Engine.socketFile(options.dataDirectory()), (request, output) -> commands.run(engine, request, output)));
        } catch (IOException e) {
            engine.close();
            throw new EngineStartException(EngineStartException.Cause.STATE_UNREADABLE,
                    "The data directory cannot be written (" + e.getMessage() + "). Check its permissions and the free space.", e);
        }
    }

    public Engine engine() {
        return engine;
    }

    /** Engine first: a client that asked to quit learns from the closing socket that everything is saved. */
    @Override
    public void close() {
        control.tellEnd();
        engine.close();
        control.close();
    }
}
