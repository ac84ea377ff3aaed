/** May this happen? Facts in, decision out; pure, total, fail-closed. */
@NullMarked
package org.sallyport.core.policy;

import org.jspecify.annotations.NullMarked;
