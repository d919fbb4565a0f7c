package io.partd.cli.command;

import io.partd.cli.common.Version;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The command itself, which does nothing without one of its commands. */
@CommandLine.Command(
        name = "partd",
        versionProvider = PartdCommand.VersionText.class,
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
            "'partd help COMMAND' says more. Exit codes: 0 done, 1 failed, 2 wrong use."
        })
public final class PartdCommand extends Command {
    private static final Map<String, Supplier<Command>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("shuffle", ShuffleCommand::new);
        COMMANDS.put("ls", LsCommand::new);
        COMMANDS.put("head", HeadCommand::new);
        COMMANDS.put("schema", SchemaCommand::new);
        COMMANDS.put("export", ExportCommand::new);
        COMMANDS.put("sql", SqlCommand::new);
        COMMANDS.put("sort", SortCommand::new);
        COMMANDS.put("join", JoinCommand::new);
        COMMANDS.put("cat", CatCommand::new);
        COMMANDS.put("stat", StatCommand::new);
        COMMANDS.put("verify", VerifyCommand::new);
        COMMANDS.put("compact", CompactCommand::new);
        COMMANDS.put("merge", MergeCommand::new);
        COMMANDS.put("rm", RmCommand::new);
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
        // Looking through the options of all commands takes longer than many commands do.
        boolean one = args.length > 0 && COMMANDS.containsKey(args[0]);
        CommandLine partd = new CommandLine(
                one ? CommandSpec.create().name("partd") : CommandSpec.forAnnotatedObject(new PartdCommand()));
        COMMANDS.forEach((name, command) -> {
            if (!one || name.equals(args[0])) partd.addSubcommand(name, command.get());
        });
        if (!one) partd.addSubcommand("help", new HelpCommand());
        return partd;
    }

    @Override
    void run() {
        throw new ParameterException(spec.commandLine(), "name a command, such as shuffle");
    }

    /** For picocli. */
    static final class VersionText implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {Version.text()};
        }
    }
}
