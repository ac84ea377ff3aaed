/** Puts a running instance together: engine, control socket, stop signal, log; and speaks to one that runs already. */
@NullMarked
package org.sallyport.app.wiring;

import org.jspecify.annotations.NullMarked;
