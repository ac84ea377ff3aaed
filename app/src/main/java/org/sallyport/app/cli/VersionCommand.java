package org.sallyport.app.cli;

import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.app.wiring.Release;
import picocli.CommandLine.Command;

@Command(name = "version", description = "The version of this program and of Java.")
final class VersionCommand implements ForegroundCommand {
    @Override
    public int run(Invocation invocation) {
        String java = System.getProperty("java.version");
        invocation.terminal().out(invocation.json()
                ? Json.write(Json.object("version", Release.VERSION, "java", java))
                : "Sallyport " + Release.VERSION + " (Java " + java + ")");
        return Exit.DONE;
    }
}
