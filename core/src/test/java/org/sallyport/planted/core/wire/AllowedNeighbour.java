package org.sallyport.planted.core.wire;

import io.netty.buffer.ByteBuf;
import java.util.List;
import org.sallyport.planted.core.model.Plain;

/** Breaks nothing: an edge and a library the table allows. */
public interface AllowedNeighbour {
    List<Plain[]> read(ByteBuf buffer, byte[] into);
}
