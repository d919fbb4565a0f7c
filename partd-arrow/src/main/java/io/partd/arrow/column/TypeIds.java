package io.partd.arrow.column;

import java.util.Arrays;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

import static org.apache.arrow.memory.util.MemoryUtil.getByte;

/**
 * The type ids of a union's children. Ids that stand for no child mean null: Arrow Java writes 0 in sparse unions and
 * -1 in dense ones.
 */
final class TypeIds {
    /** What stands for no child. */
    static final int NONE = -1;

    private final int[] children = new int[256];
    private final byte ofNull;

    TypeIds(Field field, ArrowType.Union type) {
        Arrays.fill(children, NONE);
        int[] ids = type.getTypeIds();
        int count = field.getChildren().size();
        if (ids != null && ids.length != count) throw wrong(field, ids.length + " type ids and " + count + " children");
        for (int i = 0; i < count; i++) {
            int id = ids == null ? i : ids[i];
            if (id < 0 || id > Byte.MAX_VALUE) throw wrong(field, "the type id " + id + ", not one of 0 to 127");
            if (children[id] != NONE) throw wrong(field, "the type id " + id + " twice");
            children[id] = i;
        }
        ofNull = (byte) (count == 0 ? 0 : ids == null ? 0 : ids[0]);
    }

    private static IllegalArgumentException wrong(Field field, String what) {
        return new IllegalArgumentException("column \"" + field.getName() + "\", which is a union, has " + what);
    }

    /** The child of a type id, or {@link #NONE}. */
    int child(byte typeId) {
        return children[typeId & 0xff];
    }

    /** The type id that a null is given: the first child's, which is null there. */
    byte ofNull() {
        return ofNull;
    }

    void check(Column union, Batch src) {
        int length = src.lengths[union.in];
        src.require(union, 0, "type buffer", length);
        for (int i = 0; i < length; i++) {
            byte id = getByte(src.address(union.in, 0) + i);
            if (child(id) == NONE && (id > 0 || id < NONE))
                throw src.corrupt(union, "value " + i + " has the unknown type id " + id);
        }
    }
}
