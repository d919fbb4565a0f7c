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

    /** False where there is a file of this name. */
    boolean publish(String name, ByteBuffer whole) throws IOException {
        Path target = medium.path(name);
        if (medium.fs instanceof RawLocalFileSystem local) return link(local, target, whole);
        if (medium.fs.hasPathCapability(target, CONDITIONAL)) return createConditionally(target, whole);
        String scheme = medium.fs.getScheme();
        if (RENAMING.contains(scheme)) return rename(target, whole);
        throw new IOException(
                "the file system " + scheme + " of " + medium.root + " is not known to have an atomic step"
                        + " that commits need: write to hdfs, s3a (of Hadoop 3.4.2 or later) or file, and copy the store");
    }

    private boolean link(RawLocalFileSystem local, Path target, ByteBuffer whole) throws IOException {
        String temporary = HadoopMedium.newTemporary();
        medium.write(temporary, whole, false);
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
        String temporary = HadoopMedium.newTemporary();
        medium.write(temporary, whole, false);
        boolean renamed = false;
        try {
            renamed = medium.fs.rename(medium.path(temporary), target);
        } finally {
            if (!renamed) medium.delete(temporary);
        }
        if (!renamed && !medium.fs.exists(target)) {
            throw new IOException(medium.path(temporary) + " could not be renamed to " + target);
        }
        return renamed;
    }

    /** The loser of a race is told so when the stream is closed. */
    private boolean createConditionally(Path target, ByteBuffer whole) throws IOException {
        FSDataOutputStreamBuilder<?, ?> builder = medium.fs.createFile(target);
        builder.create().overwrite(true);
        builder.must(CONDITIONAL, true);
        HadoopSink out = new HadoopSink(medium, target.getName(), builder.build());
        try {
            out.write(new ByteBuffer[] {whole.duplicate()}, 1);
            out.seal();
            return true;
        } catch (IOException e) {
            if (medium.fs.exists(target)) return false; // by whomever
            throw e;
        }
    }
}
