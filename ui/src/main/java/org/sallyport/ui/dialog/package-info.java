/** Small dialogs and what the desktop lends us: file choosers, folder windows, confirmations. */
@NullMarked
package org.sallyport.ui.dialog;

import org.jspecify.annotations.NullMarked;
