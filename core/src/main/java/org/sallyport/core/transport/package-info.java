/** The only code that touches peer sockets: one TCP port, dialing, handshakes, limits and meters. */
@NullMarked
package org.sallyport.core.transport;

import org.jspecify.annotations.NullMarked;
