package org.sallyport.app.cli;

/** Ends a command with an exit code and a sentence for stderr. */
final class CommandFailedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    CommandFailedException(int exitCode, String sentence) {
        super(sentence);
        this.exitCode = exitCode;
    }

    CommandFailedException(int exitCode, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
