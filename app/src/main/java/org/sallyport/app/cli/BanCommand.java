package org.sallyport.app.cli;

import java.net.InetAddress;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "ban", description = "Ends the connections with an address in all torrents and shuts it out until the instance ends.")
final class BanCommand implements LibraryCommand {
    @Parameters(paramLabel = "ADDRESS", converter = HostAddress.class, description = "as 'sallyport peers' shows it; a port does not count")
    private InetAddress address = InetAddress.getLoopbackAddress();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        return context.report(context.engine().torrents().ban(address), done -> acknowledge(context, done));
    }

    static void acknowledge(CommandContext context, InetAddress address) {
        if (context.json()) {
            context.json("address", address.getHostAddress());
        } else {
            context.out("Shut out " + address.getHostAddress());
        }
    }
}
