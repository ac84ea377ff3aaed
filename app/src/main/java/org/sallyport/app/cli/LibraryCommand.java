package org.sallyport.app.cli;

/** A command about the library of the running instance; it runs there, whoever typed it. */
interface LibraryCommand {

    /** @return the exit code; output goes through the context */
    int run(CommandContext context) throws CommandFailedException;

    /** True when the client should wait until the instance is gone. */
    default boolean endsInstance() {
        return false;
    }

    /** True for a command that goes on until the instance ends, which is no failure of it. */
    default boolean followsInstance() {
        return false;
    }
}
