package org.sallyport.core.engine;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.model.RefusedException;
import org.sallyport.core.persist.PersistException;
import org.sallyport.core.policy.PolicyRequest;
import org.sallyport.core.trust.TrustException;

/** Opens the circle of trusted devices for a command, which waits for it. Command thread. */
final class CircleGate {
    private final Services services;
    private final TrustCircle circle;

    CircleGate(Services services) {
        this.services = services;
        this.circle = services.trust();
    }

    /** With an identity of this device, made now if there is none. @throws RefusedException {@code trust.key-unreadable} */
    TrustCircle.Open open() throws RefusedException, IOException {
        return byJournal(circle::open);
    }

    /** Something that only the thread of the database may do. */
    <T> T byJournal(Journal.Work<T> work) throws RefusedException, IOException {
        try {
            return services.journal().run(work).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof TrustException && circle.trouble().isPresent()) {
                throw new RefusedException(circle.trouble().get());
            }
            if (e.getCause() instanceof TrustException || e.getCause() instanceof PersistException) {
                throw new IOException(e.getCause().getMessage(), e);
            }
            throw e;
        }
    }

    /** The circle, if another device may be trusted now. @throws RefusedException {@code trust.*}, and by policy */
    TrustCircle.Open openFor(boolean byVoice) throws RefusedException, IOException {
        TrustCircle.Open open = open();
        int devices = open.book().devices().size() + open.book().awaited().size();
        Optional<Refusal> no = circle.trouble().or(() -> services.policy().decide(new PolicyRequest.PairDevice(byVoice, devices)).reason());
        if (no.isPresent()) {
            throw new RefusedException(no.get());
        }
        CompletableFuture.runAsync(circle.own()::look, services.disk().threads().housekeeping()).join();
        return open;
    }
}
