package org.sallyport.app.wiring;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import org.slf4j.ILoggerFactory;
import org.slf4j.IMarkerFactory;
import org.slf4j.helpers.BasicMarkerFactory;
import org.slf4j.spi.MDCAdapter;
import org.slf4j.spi.SLF4JServiceProvider;

/**
 * Logback as {@link Logging} sets it up, and nothing else: its own provider looks into each jar for others that might set it up, and
 * compares versions, which takes longer than the rest of it.
 */
public final class LogProvider implements SLF4JServiceProvider {
    private static final String WANTED = "slf4j.provider";
    private static final String TALK = "slf4j.internal.verbosity";

    private final LoggerContext context = new LoggerContext();
    private final IMarkerFactory markers = new BasicMarkerFactory();
    private final MDCAdapter diagnostics = new LogbackMDCAdapter();

    /** Before the first logger is made, else it is too late. What somebody has chosen on the command line of the JVM stays. */
    public static void choose() {
        if (System.getProperty(WANTED) == null) {
            System.setProperty(WANTED, LogProvider.class.getName());
            // or it would say so on stderr
            System.setProperty(TALK, System.getProperty(TALK, "WARN"));
        }
    }

    @Override
    public void initialize() {
        context.setName("default");
        context.setMDCAdapter(diagnostics);
        Logging logging = new Logging();
        logging.setContext(context);
        logging.configure(context);
        context.start();
    }

    @Override
    public ILoggerFactory getLoggerFactory() {
        return context;
    }

    @Override
    public IMarkerFactory getMarkerFactory() {
        return markers;
    }

    @Override
    public MDCAdapter getMDCAdapter() {
        return diagnostics;
    }

    @Override
    public String getRequestedApiVersion() {
        return "2.0.99";
    }
}
