package org.sallyport.app.cli;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.sallyport.app.wiring.Exit;
import org.sallyport.app.wiring.Json;
import org.sallyport.core.model.BandwidthState;
import org.sallyport.core.settings.Settings;
import org.sallyport.core.settings.Settings.Bandwidth;
import org.sallyport.core.settings.Settings.Bandwidth.AtCap;
import org.sallyport.core.settings.Settings.Rates;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "limits", description = {
    "How fast may be received and sent, and how much in a day and a month. Without options: shows the limits, what holds now and what was used.",
    "The own network is neither limited nor counted, unless --limit-local is on."})
final class LimitsCommand implements LibraryCommand {
    @Option(names = "--down", paramLabel = "RATE", description = "receive no faster, such as 500K or 1.5MiB a second; 0 for no limit")
    private @Nullable String down;

    @Option(names = "--up", paramLabel = "RATE", description = "send no faster; 0 for no limit")
    private @Nullable String up;

    @Option(names = "--slow-down", paramLabel = "RATE", description = "the same in slow mode")
    private @Nullable String slowDown;

    @Option(names = "--slow-up", paramLabel = "RATE", description = "the same in slow mode")
    private @Nullable String slowUp;

    @Option(names = "--slow", paramLabel = "on|off", description = "slow mode now, whatever the schedule says")
    private @Nullable Switch slow;

    @Option(names = "--day-cap", paramLabel = "SIZE", description = "received and sent in a day, such as 5G; 0 for no cap")
    private @Nullable String dayCap;

    @Option(names = "--month-cap", paramLabel = "SIZE", description = "received and sent in a month; 0 for no cap")
    private @Nullable String monthCap;

    @Option(names = "--at-cap", paramLabel = "tell|slow|stop", description = "what happens when a cap is reached")
    private @Nullable AtCap atCap;

    @Option(names = "--limit-local", paramLabel = "on|off", description = "limit and count computers of the own network, too")
    private @Nullable Switch limitLocal;

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        Settings settings = context.engine().settings();
        Bandwidth wanted = wanted(settings.bandwidth());
        if (wanted.equals(settings.bandwidth())) {
            print(context, wanted);
            return Exit.DONE;
        }
        return context.report(context.engine().changeSettings(settings.withBandwidth(wanted)), changed -> print(context, changed.bandwidth()));
    }

    private Bandwidth wanted(Bandwidth now) throws CommandFailedException {
        Rates usual = new Rates(rate("--down", down, now.usual().down()), rate("--up", up, now.usual().up()));
        Rates slower = new Rates(rate("--slow-down", slowDown, now.slow().down()), rate("--slow-up", slowUp, now.slow().up()));
        return now.withUsual(usual).withSlow(slower, Switch.of(slow, now.slowNow()))
                .withCaps(size(dayCap, now.dayCapBytes()), size(monthCap, now.monthCapBytes()), atCap == null ? now.atCap() : atCap)
                .withLimitLocal(Switch.of(limitLocal, now.limitLocal()));
    }

    private static long rate(String option, @Nullable String text, long now) throws CommandFailedException {
        return text == null ? now : RateOptions.parse(option, text);
    }

    private static long size(@Nullable String text, long now) throws CommandFailedException {
        try {
            return text == null ? now : Amounts.parseSize(text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(Exit.USAGE, e.getMessage(), e);
        }
    }

    private static void print(CommandContext context, Bandwidth chosen) {
        BandwidthState state = context.engine().snapshot().bandwidth();
        if (context.json()) {
            context.json(shape(chosen, state));
            return;
        }
        context.out(state.sentence().isEmpty() ? "Nothing is limited now." : state.sentence());
        context.out("Usual       " + rates(chosen.usual()));
        context.out("Slow mode   " + rates(chosen.slow()) + (chosen.slowNow() ? ", on" : ""));
        context.out("Today       " + Amounts.size(state.dayBytes()) + cap(chosen.dayCapBytes()));
        context.out("This month  " + Amounts.size(state.monthBytes()) + cap(chosen.monthCapBytes()));
        if (chosen.dayCapBytes() > 0 || chosen.monthCapBytes() > 0) {
            context.out("At a cap    " + chosen.atCap().name().toLowerCase(Locale.ROOT));
        }
        context.out("Own network "
                + (chosen.limitLocal() ? "limited and counted, too" : "neither limited nor counted (--limit-local on changes that)"));
    }

    private static String rates(Rates rates) {
        return "down " + rate(rates.down()) + ", up " + rate(rates.up());
    }

    private static String rate(long rate) {
        return rate == 0 ? "unlimited" : Amounts.rate(rate);
    }

    private static String cap(long bytes) {
        return bytes == 0 ? ", no cap" : " of " + Amounts.size(bytes);
    }

    /** For scripts: what holds now, what was chosen, what was used. */
    static Map<String, Object> shape(Bandwidth chosen, BandwidthState state) {
        return Json.object("mode", Words.camelCase(state.mode()), "sentence", state.sentence(), "down", state.downLimit(), "up", state.upLimit(),
                "usualDown", chosen.usual().down(), "usualUp", chosen.usual().up(), "slowDown", chosen.slow().down(), "slowUp", chosen.slow().up(),
                "slow", chosen.slowNow(), "dayCap", chosen.dayCapBytes(), "monthCap", chosen.monthCapBytes(), "atCap",
                Words.camelCase(chosen.atCap()),
                "limitLocal", chosen.limitLocal(), "dayBytes", state.dayBytes(), "monthBytes", state.monthBytes());
    }
}
