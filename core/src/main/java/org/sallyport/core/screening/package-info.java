/** Is this file safe to hand over? A file in, a verdict out. */
@NullMarked
package org.sallyport.core.screening;

import org.jspecify.annotations.NullMarked;
