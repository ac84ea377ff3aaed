package org.sallyport.app.cli;

import java.util.List;
import org.sallyport.app.wiring.Exit;
import org.sallyport.core.settings.Settings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "schedule", description = {
    "When to run, to be slow, and to stop, in half hours of the week by this computer's clock.",
    "  schedule show                             the week",
    "  schedule set mon-fri 08:00-18:00 slow     one more entry; it takes the place of what was there",
    "  schedule set daily 23:00-07:00 stop       past midnight, into the next day",
    "  schedule clear                            runs all the time"})
final class ScheduleCommand implements LibraryCommand {
    private enum Action { SHOW, CLEAR, SET }

    @Parameters(index = "0", arity = "0..1", paramLabel = "show|clear|set", description = "what to do (default: show)")
    private Action action = Action.SHOW;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "DAYS FROM-TO run|slow|stop", description = "for set")
    private List<String> entry = List.of();

    @Override
    public int run(CommandContext context) throws CommandFailedException {
        Settings settings = context.engine().settings();
        List<String> week = settings.bandwidth().week();
        if (entry.size() != (action == Action.SET ? 3 : 0)) {
            throw new CommandFailedException(Exit.USAGE, "Write 'schedule show', 'schedule clear' or 'schedule set DAYS FROM-TO run|slow|stop', "
                    + "such as 'schedule set mon-fri 08:00-18:00 slow'.");
        }
        if (action == Action.SHOW) {
            print(context, week);
            return Exit.DONE;
        }
        Settings wanted = settings.withBandwidth(settings.bandwidth().withWeek(action == Action.CLEAR ? List.of() : changed(week)));
        return context.report(context.engine().changeSettings(wanted), changed -> print(context, changed.bandwidth().week()));
    }

    private List<String> changed(List<String> week) throws CommandFailedException {
        try {
            return WeekText.with(week, entry.get(0), entry.get(1), entry.get(2));
        } catch (IllegalArgumentException e) {
            throw new CommandFailedException(Exit.USAGE, e.getMessage(), e);
        }
    }

    private static void print(CommandContext context, List<String> week) {
        String now = context.engine().snapshot().bandwidth().sentence();
        if (context.json()) {
            context.json("week", week, "mode", Words.camelCase(context.engine().snapshot().bandwidth().mode()), "sentence", now);
            return;
        }
        WeekText.lines(week).forEach(context::out);
        if (week.isEmpty()) {
            context.out("There is no schedule: torrents run all the time. Make one with 'schedule set mon-fri 08:00-18:00 slow'.");
        }
        if (!now.isEmpty()) {
            context.out(now);
        }
    }
}
