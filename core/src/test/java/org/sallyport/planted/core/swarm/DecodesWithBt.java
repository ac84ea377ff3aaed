package org.sallyport.planted.core.swarm;

import bt.protocol.Message;

interface DecodesWithBt {
    void received(Message message);
}
