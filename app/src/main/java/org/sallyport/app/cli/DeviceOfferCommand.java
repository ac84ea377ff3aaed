package org.sallyport.app.cli;

import java.util.Map;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.PairingState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "offer", description = "Shows a one-time code for another device to read, and waits for it.")
final class DeviceOfferCommand implements LibraryCommand {
    @Mixin
    private PairingOptions options = new PairingOptions();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        return new PairingRun(context, options).follow(context.engine().devices()::offer, DeviceOfferCommand::tell);
    }

    private static void tell(CommandContext context, PairingState state) {
        if (context.json()) {
            context.json(shape(state));
        } else {
            context.out("Read this code on the other device, within 10 minutes: 'sallyport device pair CODE', or in its window.");
            context.out(state.code());
        }
    }

    private static Map<String, Object> shape(PairingState state) {
        return Json.object("event", "code", "code", state.code(), "expires", state.expiresAt().toString());
    }
}
