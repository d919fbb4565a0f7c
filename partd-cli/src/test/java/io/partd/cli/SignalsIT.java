package io.partd.cli;

import io.partd.FilePartd;
import io.partd.Partds;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Commands that are interrupted, whose readers go away, or that run beside each other. */
@Timeout(120)
class SignalsIT {
    @TempDir
    Path directory;

    /** The input stays open and gives no more: the shuffle waits in the middle of it until it is interrupted. */
    @Test
    void ctrlCKeepsWhatWasRead() throws Exception {
        byte[] stream = stream();
        Path store = directory.resolve("interrupted");
        Process shuffle = Script.start("shuffle", "-", "--by", "destination", "--partitions", 4, "--to", store);
        try (OutputStream input = shuffle.getOutputStream()) {
            input.write(stream, 0, stream.length - 8);
            input.flush();
            awaitStore(store);
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-INT", "" + shuffle.pid())
                            .start()
                            .waitFor());
            assertTrue(shuffle.waitFor(60, TimeUnit.SECONDS), "an interrupt does not end it");
        }
        assertEquals(130, shuffle.exitValue());
        assertTrue(Script.run("verify", store).succeeded().out().startsWith("sound: "));
        Script.run("shuffle", Script.SAMPLE, "--by", "destination", "--partitions", 4, "--to", store, "--append")
                .succeeded();
    }

    private byte[] stream() throws IOException, InterruptedException {
        Path store = directory.resolve("flights");
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", store)
                .succeeded();
        return Script.run("cat", store, "ORD").succeeded().bytes();
    }

    private static void awaitStore(Path store) throws IOException {
        while (!Thread.currentThread().isInterrupted() && !Stores.isStore(store)) Thread.onSpinWait();
    }

    @Test
    void closedPipesAreQuiet() throws Exception {
        Path store = directory.resolve("flights");
        Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--partitions", 2, "--to", store)
                .succeeded();
        for (String command : new String[] {"cat %s 0", "export %s --format csv", "export %s --format arrow"}) {
            Process process = Script.start((Object[]) command.formatted(store).split(" "));
            assertTrue(process.getInputStream().read() >= 0);
            process.getInputStream().close();
            String errors = new String(process.getErrorStream().readAllBytes());
            assertTrue(process.waitFor(60, TimeUnit.SECONDS), command);
            assertEquals("", errors);
            assertEquals(141, process.exitValue(), command);
        }
    }

    @Test
    void twoAtOnceBothAppend() throws Exception {
        Path store = directory.resolve("shared");
        Object[] command = {"shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", store, "--append"};
        Process one = Script.start(command);
        Process two = Script.start(command);
        Script.finish(one).succeeded();
        Script.finish(two).succeeded();
        String sound = Script.run("verify", store).succeeded().out();
        assertTrue(sound.startsWith("sound: 228 tables with 400,000 rows"), sound);
    }

    /** Without --append exactly one of them has the store, whoever comes first. */
    @Test
    void twoAtOnceWithoutAppend() throws Exception {
        Path store = directory.resolve("contested");
        Object[] command = {"shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", store};
        Process one = Script.start(command);
        Process two = Script.start(command);
        Script.Result first = Script.finish(one);
        Script.Result second = Script.finish(two);
        assertEquals(1, first.code() + second.code(), () -> first + "\n" + second);
        (first.code() == 1 ? first : second).failed(1, "--append");
        String sound = Script.run("verify", store).succeeded().out();
        assertTrue(sound.startsWith("sound: 228 tables with 200,000 rows"), sound);
    }

    @Test
    void aStoreThatAnotherHasLockedIsRefused() throws Exception {
        Path store = directory.resolve("locked");
        try (FilePartd partd = Partds.file(store)) {
            partd.lock().lock();
            Script.run("shuffle", Script.SAMPLE, "--by", "origin", "--values", "--to", store)
                    .failed(1, "another process is writing to", "--append");
            partd.lock().unlock();
        }
    }
}
