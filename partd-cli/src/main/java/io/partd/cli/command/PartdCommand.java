package io.partd.cli.command;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
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
public final class PartdCommand extends Command {
    private static final Map<String, Supplier<Command>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("shuffle", ShuffleCommand::new);
        COMMANDS.put("ls", LsCommand::new);
        COMMANDS.put("head", HeadCommand::new);
        COMMANDS.put("schema", SchemaCommand::new);
        COMMANDS.put("export", ExportCommand::new);
        COMMANDS.put("cat", CatCommand::new);
        COMMANDS.put("stat", StatCommand::new);
        COMMANDS.put("verify", VerifyCommand::new);
        COMMANDS.put("compact", CompactCommand::new);
        COMMANDS.put("drop", DropCommand::new);
        COMMANDS.put("serve", ServeCommand::new);
    }

    @CommandLine.Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    boolean version;

    /** The command with its commands; where the first argument is one of them, with that one alone. */
    public static CommandLine line(String... args) {
        CommandLine partd = new CommandLine(new PartdCommand());
        // Looking through the options of all commands takes longer than many commands do.
        boolean one = args.length > 0 && COMMANDS.containsKey(args[0]);
        COMMANDS.forEach((name, command) -> {
            if (!one || name.equals(args[0])) partd.addSubcommand(name, command.get());
        });
        return partd;
    }

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
