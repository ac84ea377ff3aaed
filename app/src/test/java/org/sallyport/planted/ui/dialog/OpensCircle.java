package org.sallyport.planted.ui.dialog;

import org.sallyport.planted.ui.control.ClosesCircle;

public interface OpensCircle {
    ClosesCircle there();
}
