package io.partd.arrow.column;

import io.partd.arrow.memory.RawMemory;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.setMemory;

/**
 * How the values of one field are checked, measured and appended to a target, for each layout of the Arrow columnar
 * format. Immutable, and shared by threads: what changes is in the batch and the target.
 */
public abstract class Column {
    public final Field field;
    /** Its node in the batches that are read. */
    public final int in;
    /** Its node in the target. */
    final int out;

    /** How many buffers it has in a batch, without the data buffers of views and without those of its children. */
    public final int buffers;

    public final List<Column> children;

    Column(Field field, int in, int out, int buffers, List<Column> children) {
        this.field = field;
        this.in = in;
        this.out = out;
        this.buffers = buffers;
        this.children = children;
    }

    /** The field's name in quotes, for errors. */
    public final String name() {
        return "\"" + field.getName() + "\" (" + field.getType() + ")";
    }

    /**
     * Checks that the batch can be read without leaving its buffers, and counts its nulls.
     *
     * @throws io.partd.CorruptPartdException if not, naming the column
     */
    abstract void check(Batch src);

    /** Adds what the rows need to the target. */
    abstract void measure(Batch src, Selection rows, ColumnOutput dst);

    /** Adds its buffers, and those of its children, to the target. */
    abstract void layOut(ColumnOutput dst);

    /** Writes what buffers begin with, once they have their place. */
    abstract void begin(ColumnOutput dst);

    /** Appends the rows to the target. */
    abstract void copy(Batch src, Selection rows, ColumnOutput dst);

    /**
     * Checks the validity buffer and counts the nulls. Where there are none it may be absent, and from here on it is:
     * nobody looked at what is in it.
     */
    final void checkValidity(Batch src) {
        int length = src.lengths[in];
        if (src.nulls[in] == 0) {
            src.dropBuffer(in, 0);
            return;
        }
        if (src.size(in, 0) == 0) {
            if (src.nulls[in] > 0) throw src.corrupt(this, "it has nulls, and no validity buffer");
            src.nulls[in] = 0;
            return;
        }
        src.require(this, 0, "validity buffer", RawMemory.bytesForBits(length));
        src.nulls[in] = (int) (length - RawMemory.countOnes(src.address(in, 0), 0, length));
    }

    /** Adds this node of a target that was filled, and those below it, to a batch. */
    public void addTo(Batch batch, ColumnOutput filled) {
        int first = filled.firstBuffer[out];
        int views = filled.dataSizes[out] == null ? 0 : filled.dataSizes[out].length;
        batch.beginNode(out, (int) filled.rows[out], (int) filled.nulls[out], views);
        for (int i = first; i < first + buffers + views; i++) batch.addBuffer(filled.addresses[i], filled.sizes[i]);
        for (Column child : children) child.addTo(batch, filled);
    }

    final void measureValidity(Batch src, Selection rows, ColumnOutput dst) {
        dst.rows[out] += rows.rows;
        if (src.hasNulls(in) || rows.nulls) dst.nulls[out] += Validity.countNulls(src, in, rows);
    }

    /** Begins the node with its validity buffer, which stays empty where nothing is null. */
    final void layOutValidity(ColumnOutput dst) {
        dst.beginNode(this);
        dst.addBuffer(dst.nulls[out] == 0 ? 0 : RawMemory.bytesForBits(dst.rows[out]));
    }

    final void beginValidity(ColumnOutput dst) {
        setMemory(dst.address(out, 0), dst.size(out, 0), (byte) 0);
    }

    final void copyValidity(Batch src, Selection rows, ColumnOutput dst) {
        if (dst.nulls[out] > 0) Validity.copy(src, in, rows, dst.address(out, 0), dst.rowsDone[out]);
    }
}
