/** The only code that touches peer sockets: one TCP and one UDP port, dialing, handshakes, limits and meters. */
@NullMarked
package org.sallyport.core.transport;

import org.jspecify.annotations.NullMarked;
