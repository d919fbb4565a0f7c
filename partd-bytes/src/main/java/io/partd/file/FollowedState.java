package io.partd.file;

import io.partd.disk.Interrupts;
import io.partd.disk.JvmClaims;
import io.partd.disk.LocalMedium;
import io.partd.log.Medium;
import io.partd.log.NewerFormatException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * How far a store has come, for who only reads it: as its control file says, or as its files say where there is none of
 * this machine's, or it is kept secret. The control file may be made, removed and replaced meanwhile: it is looked for
 * once in a second at most, before the generation is told.
 */
final class FollowedState implements StoreState {
    private static final long PERIOD_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** More than the words of one control file move: those of the next are never taken for the same. */
    private static final long FAR = 1L << 40;

    private final Path file;
    private final Medium medium;
    private volatile Followed followed;
    private volatile long lookAt;

    /** What is followed: a control file, or where {@code identity} is null the files; and where its counters begin. */
    private record Followed(Object identity, StoreState state, long start) {}

    FollowedState(Path file, Medium medium) throws IOException {
        this.file = file;
        this.medium = medium;
        this.followed = new Followed(null, new ScannedState(medium), 0);
        look();
    }

    private synchronized void look() throws IOException {
        lookAt = System.nanoTime() + PERIOD_NANOS;
        Object identity = Files.isReadable(file) ? JvmClaims.identity(file) : null;
        if (Objects.equals(identity, followed.identity)) return;
        ControlFile control = identity == null ? null : map();
        if (control != null) {
            followed = new Followed(identity, new MappedState(control), followed.start + FAR);
        } else if (followed.identity != null) {
            followed = new Followed(null, new ScannedState(medium), followed.start + FAR);
        }
    }

    private ControlFile map() throws IOException {
        return Interrupts.defer(() -> {
            try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
                if (channel.size() < ControlFile.SIZE) return null; // it is just being made: a map would pass its end
                ControlFile control = new ControlFile(channel.map(FileChannel.MapMode.READ_ONLY, 0, ControlFile.SIZE));
                NewerFormatException.check(control.version(), file.toString());
                return control.isCurrent(LocalMedium.bootId()) ? control : null;
            }
        });
    }

    @Override
    public long stamp() throws IOException {
        return followed.state.stamp();
    }

    @Override
    public void advanceStamp(long stamp) {
        followed.state.advanceStamp(stamp);
    }

    @Override
    public long commits() {
        Followed now = followed;
        return now.start + now.state.commits();
    }

    @Override
    public long created() {
        Followed now = followed;
        return now.start + now.state.created();
    }

    @Override
    public long generation() throws IOException {
        if (System.nanoTime() - lookAt >= 0) look();
        return followed.state.generation();
    }

    @Override
    public long announcedGeneration() {
        return followed.state.announcedGeneration();
    }

    @Override
    public void raiseGeneration(long generation) {
        followed.state.raiseGeneration(generation);
    }
}
