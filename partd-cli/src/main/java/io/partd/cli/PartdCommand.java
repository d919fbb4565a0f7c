package io.partd.cli;

import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command itself, which does nothing without one of its commands. */
@CommandLine.Command(
        name = "partd",
        versionProvider = PartdCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        description = "Splits tables by their rows' values into a store of partitions, and shows what lies in one.",
        commandListHeading = "%nCommands:%n",
        footer = {
            "",
            "Example:",
            "  partd shuffle flights.parquet --by origin --values --to flights",
            "  partd ls flights",
            "",
            "Commands that only look at a store need not be able to write to its directory.",
            "",
            "'partd COMMAND --help' says more. Exit codes: 0 done, 1 failed, 2 wrong use."
        })
final class PartdCommand extends Command {
    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    @Override
    void run() {
        throw new ParameterException(spec.commandLine(), "name a command, such as shuffle");
    }

    /** The version of this program, and what it runs on. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = PartdCommand.class.getPackage().getImplementationVersion();
            return new String[] {
                "partd " + (version == null ? "(not packaged)" : version) + ", on Java "
                        + System.getProperty("java.version")
            };
        }
    }
}
