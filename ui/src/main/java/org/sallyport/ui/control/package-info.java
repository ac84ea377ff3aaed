/** Reusable pieces of the look: stylesheet and fonts, notices, drawn pictures, table rows that live. */
@NullMarked
package org.sallyport.ui.control;

import org.jspecify.annotations.NullMarked;
