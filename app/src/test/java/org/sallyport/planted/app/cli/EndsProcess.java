package org.sallyport.planted.app.cli;

final class EndsProcess {
    void end() {
        System.exit(1);
    }
}
