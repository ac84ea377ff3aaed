/** The peer protocol as pure code: frames, messages, handshakes and their limits; no socket, no thread. */
@NullMarked
package org.sallyport.core.wire;

import org.jspecify.annotations.NullMarked;
