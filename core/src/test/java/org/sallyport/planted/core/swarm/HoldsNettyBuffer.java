package org.sallyport.planted.core.swarm;

import io.netty.buffer.ByteBuf;

interface HoldsNettyBuffer {
    void keep(ByteBuf block);
}
