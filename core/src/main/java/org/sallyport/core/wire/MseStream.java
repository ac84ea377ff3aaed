package org.sallyport.core.wire;

import org.sallyport.core.model.Bytes;
import org.sallyport.core.model.InfoHash;

/**
 * What an MSE handshake came to.
 *
 * @param hash     the torrent that both sides know; nothing else is known of the other one
 * @param incoming for all that comes from now on, if the method is RC4 @param outgoing likewise
 * @param initial  what the caller sent along, decrypted: the first bytes of its stream; empty for the caller itself
 */
public record MseStream(InfoHash hash, MseMethod method, Rc4 incoming, Rc4 outgoing, Bytes initial) { }
