package io.partd.arrow.testing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.TimeUnit;

/**
 * Has {@code describe.mjs} describe streams, one after another: node and its packages take longer to start than a
 * stream to read. The one process ends with its input, that is with this JVM.
 */
public final class Describer {
    private static final Timer TIMER = new Timer("the patience with node", true);
    private static Process process;

    private Describer() {}

    /** The canonical document of a file, which must be readable. */
    public static String describe(String mode, Path file) throws IOException {
        return ask("described", mode, file);
    }

    /** Why a file was refused, as it must be. */
    public static String refusal(String mode, Path file) throws IOException {
        return ask("refused", mode, file);
    }

    private static synchronized String ask(String expected, String mode, Path file) throws IOException {
        if (process == null || !process.isAlive()) process = Node.start("describe.mjs");
        TimerTask impatience = killer(process);
        try {
            process.getOutputStream().write((mode + " " + file + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            String[] head = line(process.getInputStream()).split(" ");
            String answer = text(process.getInputStream(), head);
            if (!head[0].equals(expected))
                throw new AssertionError(
                        "node should have " + expected + " " + file + ", but it " + head[0] + " it: " + answer);
            return answer;
        } finally {
            impatience.cancel();
        }
    }

    private static TimerTask killer(Process hanging) {
        TimerTask task = new TimerTask() {
            @Override
            public void run() {
                hanging.destroyForcibly();
            }
        };
        TIMER.schedule(task, TimeUnit.SECONDS.toMillis(Node.PATIENCE_SECONDS));
        return task;
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) line.append((char) next);
        return line.toString();
    }

    /**
     * What follows the first line of an answer; anything else comes from a script that failed, or hung and was killed.
     */
    private static String text(InputStream in, String[] head) throws IOException {
        if (head.length != 2 || !head[0].matches("described|refused")) {
            process.destroy();
            String more = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            throw new AssertionError("node describe.mjs failed or hung: " + String.join(" ", head) + "\n" + more);
        }
        int length = Integer.parseInt(head[1]);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) throw new AssertionError("node describe.mjs ended in the middle of an answer");
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
