package io.partd.kill;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** Whether this machine has strace, and lets it trace. */
final class Tracing {
    private Tracing() {}

    /** Fails without strace; where tracing is not allowed, too, if that is CI, and else skips the test. */
    static void require() throws IOException, InterruptedException {
        Process sleeper = new ProcessBuilder("sleep", "60").start();
        String said;
        try {
            // attaches to it, and ends with it
            Process tracer = new ProcessBuilder("strace", "-e", "trace=none", "-p", "" + sleeper.pid())
                    .redirectErrorStream(true)
                    .start();
            said = tracer.inputReader(StandardCharsets.UTF_8).readLine();
        } finally {
            sleeper.destroyForcibly();
        }
        if (said != null && said.contains("attached")) return;
        String reason =
                "THIS MACHINE DOES NOT ALLOW PTRACE: no process was killed at a system call. strace says: " + said;
        System.err.println(reason);
        if ("true".equals(System.getenv("CI"))) Assertions.fail(reason);
        Assumptions.abort(reason);
    }
}
