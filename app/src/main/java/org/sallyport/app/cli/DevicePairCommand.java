package org.sallyport.app.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(name = "pair", description = "Reads the code that another device shows, and pairs with it.")
final class DevicePairCommand implements LibraryCommand {
    @Parameters(index = "0", paramLabel = "CODE", description = "as 'sallyport device offer' shows it")
    private String code = "";

    @Mixin
    private PairingOptions options = new PairingOptions();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        return new PairingRun(context, options).follow(() -> context.engine().devices().pair(code), (here, state) -> { });
    }
}
