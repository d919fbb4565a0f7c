package io.partd.cli;

import io.partd.Progress;
import io.partd.cli.command.PartdCommand;
import io.partd.cli.common.Bar;
import io.partd.cli.common.BrokenPipe;
import io.partd.cli.common.Errors;
import io.partd.cli.common.Terminal;
import io.partd.text.Text;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the {@code partd} command begins. */
public final class Main {
    private static final int FAILED = 1;
    private static final int WRONG_USE = 2;
    /** What a shell says of a program that a broken pipe ended. */
    private static final int BROKEN_PIPE = 141;

    private Main() {}

    /** Runs the command, and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(run(args));
    }

    static int run(String... args) {
        // Named, and so not looked for in all jars.
        Progress.showOn(Bar::new);
        CommandLine partd = PartdCommand.line(args);
        partd.setParameterExceptionHandler((e, ignored) -> wrongUse(e))
                .setExecutionExceptionHandler((e, command, ignored) -> failed(command, e))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(Math.min(Terminal.columns(), 110));
        return partd.execute(args);
    }

    private static int wrongUse(ParameterException e) {
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        System.err.println(name + ": " + Text.oneLine(e.getMessage().replaceFirst("^Error: ", "")));
        UnmatchedArgumentException.printSuggestions(e, System.err);
        System.err.println("Try '" + name + " --help'.");
        return WRONG_USE;
    }

    private static int failed(CommandLine command, Throwable e) {
        if (e instanceof BrokenPipe) return BROKEN_PIPE;
        Errors.print(command.getCommandSpec().qualifiedName(), e);
        return FAILED;
    }
}
