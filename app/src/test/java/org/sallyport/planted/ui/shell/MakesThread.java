package org.sallyport.planted.ui.shell;

final class MakesThread {
    Thread make(Runnable work) {
        return new Thread(work, "planted");
    }
}
