/** Who is who: our key, the devices paired with us, and the TLS engines that accept exactly those. */
@NullMarked
package org.sallyport.core.trust;

import org.jspecify.annotations.NullMarked;
