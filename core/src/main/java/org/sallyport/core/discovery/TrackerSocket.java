package org.sallyport.core.discovery;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.sallyport.core.model.Refusal;
import org.sallyport.core.transport.DatagramPort;
import org.sallyport.core.transport.DatagramPort.Lane;
import org.sallyport.core.transport.DatagramPort.Purpose;
import org.sallyport.core.transport.DatagramPort.Receiver;
import org.sallyport.core.transport.DatagramPort.Use;

/** What UDP trackers need of the one UDP port; a table of answers in a test. Network loop only. */
interface TrackerSocket {

    void open(Receiver receiver);

    /** Done, well or not, when it is known whether it opens; no later than that it is tried to send. */
    CompletableFuture<Void> opened();

    /** @return why it was not sent */
    Optional<Refusal> send(ByteBuffer datagram, InetSocketAddress to);

    void close();

    static TrackerSocket of(DatagramPort port) {
        return new TrackerSocket() {
            private Optional<Use> use = Optional.empty();

            @Override
            public void open(Receiver receiver) {
                use = Optional.of(port.use(Lane.TRACKER, receiver));
            }

            @Override
            public CompletableFuture<Void> opened() {
                return use.map(Use::opened).orElseGet(() -> CompletableFuture.completedFuture(null));
            }

            @Override
            public Optional<Refusal> send(ByteBuffer datagram, InetSocketAddress to) {
                return port.send(datagram, to, Purpose.QUESTION);
            }

            @Override
            public void close() {
                use.ifPresent(Use::close);
                use = Optional.empty();
            }
        };
    }
}
