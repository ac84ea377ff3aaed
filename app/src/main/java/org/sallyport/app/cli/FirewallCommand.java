package org.sallyport.app.cli;

import org.sallyport.app.wiring.Exit;
import org.sallyport.core.engine.FirewallRecipe;
import org.sallyport.core.engine.FirewallRecipe.Format;
import org.sallyport.core.model.PortState;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "firewall", description = "Firewall rules that leave exactly the one port open. Prints them; changes nothing.")
final class FirewallCommand implements LibraryCommand {
    @Option(names = "--format", paramLabel = "nft|ufw|windows", description = "for which firewall (default: nft)")
    private Format format = Format.NFT;

    @Override
    public int run(CommandContext context) {
        PortState state = context.engine().snapshot().port();
        int port = state.kind() == PortState.Kind.OPEN ? state.port() : 0;
        String recipe = FirewallRecipe.text(format, port);
        if (context.json()) {
            context.json("format", Words.camelCase(format), "port", port, "recipe", recipe);
        } else {
            recipe.lines().forEach(context::out);
        }
        return Exit.DONE;
    }
}
