package org.sallyport.planted.core.wire;

import io.netty.channel.Channel;

interface OpensChannel {
    Channel open();
}
