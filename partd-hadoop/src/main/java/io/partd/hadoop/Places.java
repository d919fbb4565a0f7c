package io.partd.hadoop;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.base.Failures;
import io.partd.log.Contents;
import io.partd.log.Manifest;
import io.partd.log.SegmentIndexes;
import io.partd.log.SegmentLoader;
import java.io.IOException;
import java.io.Serializable;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;

/**
 * Where the values of some keys lie: segments, offsets, lengths and the places of checksums. Whoever gets it, by Java's
 * serialization, reads those values without the store's manifest and indexes. Immutable.
 */
public final class Places implements Serializable {
    private static final long serialVersionUID = 1;

    private final URI store;
    private final byte[] indexes;
    private final long bytes;

    Places(URI store, SegmentIndexes indexes) {
        this.store = store;
        ByteBuffer whole = indexes.encode();
        this.indexes = new byte[whole.remaining()];
        whole.get(this.indexes);
        this.bytes =
                indexes.segments().stream().mapToLong(each -> each.valueBytes()).sum();
    }

    /** Returns the size of all these values. */
    public long bytes() {
        return bytes;
    }

    /** Returns a store that has these keys alone, for reading; opening it reads nothing. */
    public Partd<Bytes> open(Configuration conf) {
        Objects.requireNonNull(conf, "conf is null");
        try {
            HadoopMedium medium = HadoopMedium.of(store, conf);
            Contents contents = new Contents(medium, new SegmentLoader(medium), Manifest.NONE, List.of());
            String file = "the places of values in " + store;
            ByteBuffer whole = ByteBuffer.wrap(indexes).order(ByteOrder.LITTLE_ENDIAN);
            contents.add(SegmentIndexes.decode(whole, file), 0, file);
            return new ExcerptPartd(medium, contents);
        } catch (IOException e) {
            throw Failures.world("cannot open a store in " + store, e);
        }
    }

    /** The keys that somebody else has chosen. */
    private static final class ExcerptPartd extends ReadPartd {
        ExcerptPartd(HadoopMedium medium, Contents contents) {
            super(medium, contents);
        }

        @Override
        public String toString() {
            return "Places[" + medium.root + "]";
        }
    }
}
