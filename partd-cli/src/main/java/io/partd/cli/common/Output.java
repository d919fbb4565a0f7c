package io.partd.cli.common;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Standard output, which, unlike {@code System.out}, says when a write fails. For one thread. */
public final class Output {
    private static final int BUFFER = 64 << 10;
    private static final OutputStream OUT = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER);

    private Output() {}

    /** The stream itself, to be flushed and not closed; its failures go through {@link #failed}. */
    public static OutputStream stream() {
        return OUT;
    }

    public static void line(String line) {
        try {
            OUT.write(line.getBytes(StandardCharsets.UTF_8));
            OUT.write('\n');
        } catch (IOException e) {
            throw failed(e);
        }
    }

    public static void flush() {
        try {
            OUT.flush();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    public static RuntimeException failed(IOException e) {
        return BrokenPipe.is(e)
                ? new BrokenPipe(e)
                : new Failure("cannot write to standard output: " + e.getMessage(), e);
    }
}
