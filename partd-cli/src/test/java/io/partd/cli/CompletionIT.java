package io.partd.cli;

import io.partd.cli.testing.Script;
import io.partd.testing.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Completion in the shells themselves, on a terminal that tmux makes, and the man pages as man shows them. */
@Tag("optional")
@Timeout(120)
class CompletionIT {
    private static final Path PACKAGE = Script.ROOT.resolve("partd-cli/target/package");
    private static final String COMPLETION = PACKAGE.resolve("completion").toString();

    private static Script.Result run(List<String> command) throws IOException, InterruptedException {
        return Script.finish(new ProcessBuilder(command).start());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bash | bash --norc --noprofile | . DIR/partd.bash",
                "zsh  | zsh -f | fpath=(DIR $fpath); autoload -Uz compinit; compinit -u -D",
                "fish | fish --no-config | source DIR/partd.fish",
            })
    void completes(String name, String shell, String setUp) throws Exception {
        String socket = "partd-" + name + ProcessHandle.current().pid();
        List<String> tmux = List.of("tmux", "-L", socket, "-f", "/dev/null");
        run(with(tmux, "new-session", "-d", "-x", "120", "-y", "30", shell)).succeeded();
        try {
            type(tmux, setUp.replace("DIR", COMPLETION), "Enter");
            // Each shell says in its own way that it is ready: with the answer to this.
            type(tmux, "echo re''ady", "Enter");
            await(tmux, "\nready");
            type(tmux, "partd sche", "Tab");
            await(tmux, "partd schema");
            type(tmux, " --js", "Tab");
            await(tmux, "partd schema +--json");
        } finally {
            run(with(tmux, "kill-server")).succeeded();
        }
    }

    private static List<String> with(List<String> tmux, String... more) {
        return Stream.concat(tmux.stream(), Stream.of(more)).toList();
    }

    private static void type(List<String> tmux, String text, String key) throws Exception {
        run(with(tmux, "send-keys", "-l", text)).succeeded();
        run(with(tmux, "send-keys", key)).succeeded();
    }

    private static void await(List<String> tmux, String shown) throws Exception {
        Patience.until(
                shown + " is shown",
                () -> ("\n" + run(with(tmux, "capture-pane", "-p")).out()).matches("(?s).*" + shown + ".*"));
    }

    @Test
    void manPages() throws Exception {
        for (String name : List.of("partd", "partd-shuffle", "partd-serve", "partd-rm")) {
            String file = PACKAGE.resolve("man/man1/" + name + ".1").toString();
            Script.Result shown = run(List.of("man", "--warnings", "-P", "cat", "-l", file));
            assertEquals("", shown.succeeded().err());
            assertTrue(shown.out().matches("(?s).*NAME\n +" + name + " +- .*SYNOPSIS\n.*"), shown.out());
        }
    }
}
