package io.partd.cli.command;

import io.partd.cli.common.Errors;
import io.partd.cli.common.Failure;
import io.partd.cli.common.Memory;
import io.partd.cli.common.Output;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** A command of {@code partd}. */
abstract class Command implements Callable<Integer> {
    @Spec
    CommandSpec spec;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    boolean help;

    /** Does the work. Throws where it fails. */
    abstract void run() throws Exception;

    @Override
    public final Integer call() throws Exception {
        try {
            run();
        } catch (OutOfMemoryError e) {
            throw new Failure(Errors.reason(e), e);
        } finally {
            Output.flush();
        }
        return 0;
    }

    /** What {@code --memory} says. */
    final Memory memory(String size) {
        try {
            return Memory.parse(size);
        } catch (IllegalArgumentException e) {
            throw wrongUse("--memory: " + e.getMessage());
        }
    }

    /** What to throw where the command line itself makes no sense. */
    final ParameterException wrongUse(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
