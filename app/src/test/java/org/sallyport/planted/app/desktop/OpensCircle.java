package org.sallyport.planted.app.desktop;

import org.sallyport.planted.app.wiring.ClosesCircle;

public interface OpensCircle {
    ClosesCircle there();
}
