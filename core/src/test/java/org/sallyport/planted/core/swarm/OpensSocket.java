package org.sallyport.planted.core.swarm;

import java.nio.channels.SocketChannel;

interface OpensSocket {
    SocketChannel open();
}
