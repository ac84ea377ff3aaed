package org.sallyport.planted.ui.shell;

/** Breaks nothing: the window sees the engine. */
public interface Plain {
    org.sallyport.planted.core.engine.Plain engine();
}
