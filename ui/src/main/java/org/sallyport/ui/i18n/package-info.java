/** Words: the message bundle, and sizes, rates and times as people read them. */
@NullMarked
package org.sallyport.ui.i18n;

import org.jspecify.annotations.NullMarked;
