/** The Devices screen: this device, those it trusts, what they offer and share; adding one. */
@NullMarked
package org.sallyport.ui.devices;

import org.jspecify.annotations.NullMarked;
