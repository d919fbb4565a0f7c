package io.partd.hadoop;

import io.partd.CorruptPartdException;
import io.partd.disk.SharedSegments;
import io.partd.log.Medium;
import io.partd.log.SegmentFormat;
import io.partd.log.Sink;
import io.partd.log.Source;
import java.io.File;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;

/**
 * A directory of a Hadoop file system. Files are written once and whole, and stay where they are until {@code vacuum}
 * removes those that count no more. An interrupt may fail a call.
 */
final class HadoopMedium implements Medium {
    /** Says of which number the latest manifest was once: so that opening a store needs no list of its files. */
    static final String HINT = SegmentFormat.LATEST;

    private static final int MAX_HINT = 20;
    private static final System.Logger LOG = System.getLogger("io.partd");

    final FileSystem fs;
    final Path root;
    /** The directory where it is one of this machine, whose files are mapped; else null. */
    private final File local;

    private final OpenStreams streams;
    private final Publisher publisher;

    private HadoopMedium(FileSystem fs, Path root) {
        this.fs = fs;
        this.root = root;
        this.local = fs instanceof RawLocalFileSystem raw ? raw.pathToFile(root) : null;
        this.streams = new OpenStreams(this);
        this.publisher = new Publisher(this);
    }

    /** The directory of this name; nothing is read or made there yet. */
    static HadoopMedium of(URI store, Configuration conf) throws IOException {
        Path path = new Path(store);
        FileSystem fs = path.getFileSystem(conf);
        // segments have checksums of their own, and a file beside each would be one too many
        if (fs instanceof LocalFileSystem checked) fs = checked.getRawFileSystem();
        return new HadoopMedium(fs, fs.makeQualified(path));
    }

    Path path(String name) {
        return new Path(root, name);
    }

    @Override
    public String describe(String name) {
        return path(name).toString();
    }

    @Override
    public List<String> list() throws IOException {
        List<String> names = new ArrayList<>();
        for (FileStatus status : statuses()) names.add(status.getPath().getName());
        return names;
    }

    /** All files of the directory; none where there is no directory. */
    List<FileStatus> statuses() throws IOException {
        List<FileStatus> all = new ArrayList<>();
        try {
            for (RemoteIterator<FileStatus> files = fs.listStatusIterator(root); files.hasNext(); ) {
                FileStatus status = files.next();
                if (status.isFile()) all.add(status);
            }
        } catch (FileNotFoundException e) {
            LOG.log(Level.TRACE, "there is no directory {0}", root);
        }
        return all;
    }

    @Override
    public long size(String name) throws IOException {
        try {
            return fs.getFileStatus(path(name)).getLen();
        } catch (FileNotFoundException e) {
            throw missing(name, e);
        }
    }

    static NoSuchFileException missing(String name, FileNotFoundException cause) {
        NoSuchFileException missing = new NoSuchFileException(name);
        missing.initCause(cause);
        return missing;
    }

    @Override
    public Sink create(String name) throws IOException {
        return new HadoopSink(this, name);
    }

    /** A stream to a file that is not there, and of which nobody reads before it is closed. */
    FSDataOutputStream createFile(String name) throws IOException {
        if (fs instanceof RawLocalFileSystem local) return createLocal(local, name, false);
        FSDataOutputStreamBuilder<?, ?> builder = fs.createFile(path(name));
        // where there are conditions a request that is made again, as its answer was lost, would fail on what it has
        // made
        builder.create().overwrite(publisher.isConditional(path(name))).recursive();
        builder.opt("fs.s3a.create.performance", true); // the name is new: no request to look for it
        return builder.build();
    }

    private FSDataOutputStream createLocal(RawLocalFileSystem local, String name, boolean overwrite)
            throws IOException {
        return LocalOutput.create(local.pathToFile(path(name)).toPath(), overwrite);
    }

    private FSDataOutputStream createOver(String name) throws IOException {
        return fs instanceof RawLocalFileSystem local ? createLocal(local, name, true) : fs.create(path(name), true);
    }

    @Override
    public Source open(String name, long length) {
        return local == null ? new HadoopSource(this, streams, name, length) : SharedSegments.of(local.toPath(), name);
    }

    @Override
    public ByteBuffer load(String name) throws IOException {
        try (FSDataInputStream in = fs.open(path(name))) {
            byte[] content = in.readNBytes(SegmentFormat.MAX_DIRECTORY + 1);
            if (content.length > SegmentFormat.MAX_DIRECTORY) {
                throw new CorruptPartdException(describe(name), content.length, "no file of this kind is that large");
            }
            return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
        } catch (FileNotFoundException e) {
            throw missing(name, e);
        }
    }

    Optional<ByteBuffer> loadIfThere(String name) throws IOException {
        try {
            return Optional.of(load(name));
        } catch (NoSuchFileException e) {
            LOG.log(Level.TRACE, "there is no {0}", name);
            return Optional.empty();
        }
    }

    /** Puts a small file there, or in the place of one. */
    void write(String name, ByteBuffer whole, boolean overwrite) throws IOException {
        HadoopSink out = new HadoopSink(this, name, overwrite ? createOver(name) : createFile(name));
        boolean done = false;
        try {
            out.write(new ByteBuffer[] {whole.duplicate()}, 1);
            out.seal();
            done = true;
        } finally {
            if (!done) out.abort();
        }
    }

    /** The numbered one, or that of a local store that was copied here, whichever is later. */
    @Override
    public Optional<ByteBuffer> latestManifest() throws IOException {
        return new LatestManifest(this).load();
    }

    /** @throws IOException if manifests cannot be put in force here, as the file system lacks an atomic step */
    void requirePublishing() throws IOException {
        publisher.requireStep();
    }

    /**
     * Puts a manifest in force; false where there is one of this number. That may be this very one, where an answer was
     * lost and the file system tried again: who asks looks whose it is.
     */
    @Override
    public boolean publish(long generation, ByteBuffer whole) throws IOException {
        return publisher.publish(SegmentFormat.NUMBERED + generation, whole);
    }

    /**
     * Of which number a manifest was the latest once, if it is known. It is written anew by each commit, and S3A fails
     * where that happens while it is read: whatever goes wrong, there is a list of the files.
     */
    OptionalLong hint() {
        try (FSDataInputStream in = fs.open(path(HINT))) {
            String digits = new String(in.readNBytes(MAX_HINT), StandardCharsets.US_ASCII);
            return SegmentFormat.numberOf(SegmentFormat.NUMBERED + digits);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "could not read " + describe(HINT) + ", which only makes opening faster", e);
            return OptionalLong.empty();
        }
    }

    /** Tells those who open the store that there is this manifest; without that they list the files. */
    void hint(long generation) {
        try {
            write(HINT, ByteBuffer.wrap(Long.toString(generation).getBytes(StandardCharsets.US_ASCII)), true);
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "could not write " + describe(HINT) + ", which only makes opening faster", e);
        }
    }

    static String newIndex() {
        return SegmentFormat.INDEX + UUID.randomUUID();
    }

    static String newTemporary() {
        return SegmentFormat.MANIFEST + "." + UUID.randomUUID() + SegmentFormat.TEMPORARY;
    }

    @Override
    public void delete(String name) throws IOException {
        fs.delete(path(name), false);
    }

    @Override
    public void close() throws IOException {
        streams.close();
    }
}
