package org.sallyport.planted.ui.control;

import org.sallyport.planted.ui.dialog.OpensCircle;

public interface ClosesCircle {
    OpensCircle back();
}
