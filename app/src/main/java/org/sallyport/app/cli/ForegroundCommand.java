package org.sallyport.app.cli;

/** A command that runs in the process that was started for it. */
interface ForegroundCommand {

    /** @return the exit code */
    int run(Invocation invocation) throws CommandFailedException;
}
