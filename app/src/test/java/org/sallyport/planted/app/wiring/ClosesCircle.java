package org.sallyport.planted.app.wiring;

import org.sallyport.planted.app.desktop.OpensCircle;

public interface ClosesCircle {
    OpensCircle back();
}
