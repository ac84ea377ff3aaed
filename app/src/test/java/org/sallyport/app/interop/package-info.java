/**
 * The packaged program against real clients and real faults, over the network of {@link org.sallyport.app.interop.Lab}: nothing here calls
 * Sallyport's
 * code, only its command line.
 */
@NullMarked
package org.sallyport.app.interop;

import org.jspecify.annotations.NullMarked;
