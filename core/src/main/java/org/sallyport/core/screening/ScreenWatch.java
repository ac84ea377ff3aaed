package org.sallyport.core.screening;

/** Follows a running {@link Screening#screen}, and may end it. Called on the thread that screens, at least every second while bytes flow. */
public interface ScreenWatch {
    ScreenWatch NONE = doneBytes -> true;

    /**
     * @param doneBytes bytes of the file read so far; grows to its size
     * @return whether to go on
     */
    boolean goesOn(long doneBytes);
}
