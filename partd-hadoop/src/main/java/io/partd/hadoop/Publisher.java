package io.partd.hadoop;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Set;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Makes a file with all its content, unless there is one: the atomic step of a commit, as each file system has it. */
final class Publisher {
    /** The name of S3A's option, and of the capability that says that it is there. */
    private static final String CONDITIONAL = "fs.option.create.conditional.overwrite";
    /** Where a rename is atomic, and does not replace a file. */
    private static final Set<String> RENAMING = Set.of("hdfs", "viewfs");

    private final HadoopMedium medium;

    Publisher(HadoopMedium medium) {
        this.medium = medium;
    }

    /** The file was surely not made, by what went wrong before the step that would have. */
    static final class NotMadeException extends IOException {
        private static final long serialVersionUID = 1;

        NotMadeException(String message, IOException cause) {
            super(message, cause);
        }
    }

    /** Makes a file of some content at a place; false where there is one. */
    private interface Step {
        boolean make(Path target, ByteBuffer whole) throws IOException;
    }

    /**
     * False where there is a file of this name.
     *
     * @throws NotMadeException if it failed before anything could happen; where another failure is thrown, the file may
     *     have been made
     */
    boolean publish(String name, ByteBuffer whole) throws IOException {
        Path target = medium.path(name);
        return step(target).make(target, whole);
    }

    /** @throws IOException if the file system has no atomic step */
    void requireStep() throws IOException {
        step(medium.path(HadoopMedium.newTemporary()));
    }

    /** Whether a file can be made on the condition that there is none. */
    boolean isConditional(Path path) throws IOException {
        return medium.fs.hasPathCapability(path, CONDITIONAL);
    }

    private Step step(Path target) throws IOException {
        if (medium.fs instanceof RawLocalFileSystem) return this::link;
        if (isConditional(target)) return this::createConditionally;
        String scheme = medium.fs.getScheme();
        if (RENAMING.contains(scheme)) return this::rename;
        throw new IOException(
                "the file system " + scheme + " of " + medium.root + " is not known to have an atomic step"
                        + " that commits need: write to hdfs, s3a (of Hadoop 3.4.2 or later) or file, and copy the store");
    }

    /** The name of a file with the content, which is to get another name. */
    private String writeTemporary(ByteBuffer whole) throws NotMadeException {
        String temporary = HadoopMedium.newTemporary();
        try {
            medium.write(temporary, whole, false);
            return temporary;
        } catch (IOException e) {
            throw new NotMadeException(medium.path(temporary) + " could not be written: " + e.getMessage(), e);
        }
    }

    private boolean link(Path target, ByteBuffer whole) throws IOException {
        RawLocalFileSystem local = (RawLocalFileSystem) medium.fs;
        String temporary = writeTemporary(whole);
        try {
            Files.createLink(
                    local.pathToFile(target).toPath(),
                    local.pathToFile(medium.path(temporary)).toPath());
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } finally {
            medium.delete(temporary);
        }
    }

    private boolean rename(Path target, ByteBuffer whole) throws IOException {
        String temporary = writeTemporary(whole);
        boolean renamed = false;
        try {
            renamed = medium.fs.rename(medium.path(temporary), target);
        } finally {
            if (!renamed) medium.delete(temporary);
        }
        if (!renamed && !medium.fs.exists(target)) {
            throw new NotMadeException(medium.path(temporary) + " could not be renamed to " + target, null);
        }
        return renamed;
    }

    /** The loser of a race is told so when the stream is closed. */
    private boolean createConditionally(Path target, ByteBuffer whole) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = medium.fs.createFile(target);
        builder.create().overwrite(true);
        builder.must(CONDITIONAL, true);
        HadoopSink out = begin(target, builder, whole);
        try {
            out.seal();
            return true;
        } catch (IOException e) {
            if (medium.fs.exists(target)) return false; // by whomever
            throw e;
        }
    }

    /** Sends the content, of which nothing shows before it is sealed. */
    private HadoopSink begin(Path target, FSDataOutputStreamBuilder<?, ?> builder, ByteBuffer whole)
            throws NotMadeException {
        try {
            HadoopSink out = new HadoopSink(medium, target.getName(), builder.build());
            boolean done = false;
            try {
                out.write(new ByteBuffer[] {whole.duplicate()}, 1);
                done = true;
                return out;
            } finally {
                if (!done) out.abort();
            }
        } catch (IOException e) {
            throw new NotMadeException(target + " could not be sent: " + e.getMessage(), e);
        }
    }
}
