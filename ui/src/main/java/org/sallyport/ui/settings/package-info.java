/** The Settings screen: each choice is sent to the engine at once and shown when it is in force. */
@NullMarked
package org.sallyport.ui.settings;

import org.jspecify.annotations.NullMarked;
