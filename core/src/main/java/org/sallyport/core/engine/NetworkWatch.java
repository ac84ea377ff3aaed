package org.sallyport.core.engine;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.sallyport.core.discovery.DaemonThreads;
import org.sallyport.core.engine.PortWatch.Alarm;
import org.sallyport.core.model.Event.Severity;
import org.sallyport.core.model.PortState;
import org.sallyport.core.transport.NetworkGuard;
import org.sallyport.core.transport.NetworkWay;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * The kill switch: looks twice a second whether the chosen interface is as it was. When it went, what is open is cut off at once, on the
 * network thread; the port follows on the command thread, on which it is moved. It looks on a thread of its own, for it blocks.
 */
final class NetworkWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkWatch.class);
    private static final long EVERY_MILLIS = 500;

    private final NetworkGuard guard;
    private final Door door;
    private final Executor commands;
    private final Alarm alarm;
    private final Runnable resume;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(DaemonThreads.named("sallyport-networks"));
    /** What was told last; command thread. */
    private NetworkWay told;

    /** @param resume goes on with what waited; any thread */
    NetworkWatch(NetworkGuard guard, Door door, Executor commands, Alarm alarm, Runnable resume) {
        this.guard = guard;
        this.door = door;
        this.commands = commands;
        this.alarm = alarm;
        this.resume = resume;
        this.told = guard.way();
    }

    void begin() {
        if (told.isWaiting()) {
            gone(told);
        }
        thread.scheduleWithFixedDelay(this::look, EVERY_MILLIS, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            boolean changed = guard.look();
            if (changed) {
                guard.cutOff();
            }
            // a port that was busy a moment after the interface came, for its address was not ready, is tried again
            if (changed || !guard.way().isAny() && door.state().kind() == PortState.Kind.BUSY) {
                commands.execute(this::settle);
            }
        } catch (RejectedExecutionException e) {
            LOG.debug("the engine is closing", e);
        } catch (RuntimeException e) {
            LOG.error("looking at the network stumbled", e); // a task that throws is never run again
        }
    }

    /** Does what the way of this moment asks for: the port, what is told, what goes on. Command thread. */
    void settle() {
        NetworkWay now = guard.way();
        try {
            door.renew();
        } catch (IOException e) {
            // twice a second while another program has it
            LOG.atLevel(now.equals(told) ? Level.DEBUG : Level.WARN).log("the port cannot be opened again: {}", e.getMessage());
        }
        if (now.equals(told)) {
            return;
        }
        boolean waited = told.isWaiting();
        boolean same = told.name().equals(now.name());
        told = now;
        if (now.isWaiting()) {
            if (!waited || !same) {
                gone(now);
            }
            return;
        }
        if (!now.isAny() && waited && same) {
            tell(Severity.INFO, "network.interface-back", now, now.name() + " is back at " + addresses(now) + ". Sallyport goes on.");
        } else if (!now.isAny() && same) {
            tell(Severity.INFO, "network.interface-changed", now,
                    now.name() + " is now at " + addresses(now) + ". Connections with other addresses of it were ended.");
        } else {
            tell(Severity.INFO, "network.interface-chosen", now, now.isAny() ? "Any network may be used now."
                    : "Only " + now.name() + " is used now, at " + addresses(now) + ".");
        }
        resume.run();
    }

    private void gone(NetworkWay now) {
        tell(Severity.TROUBLE, "network.interface-gone", now, now.name() + " is not there, or not connected. " + now.waitingSentence());
    }

    private void tell(Severity severity, String id, NetworkWay now, String sentence) {
        alarm.tell(severity, id, sentence, Map.of("interface", now.name()));
    }

    private static String addresses(NetworkWay now) {
        return now.addresses().stream().map(InetAddress::getHostAddress).sorted().collect(Collectors.joining(", "));
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
