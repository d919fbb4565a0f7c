package io.partd.arrow;

import java.util.function.Predicate;
import org.apache.arrow.vector.types.UnionMode;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** Which columns Arrow Java slices, at places that are not on byte boundaries too. */
final class Slices {
    private Slices() {}

    /** Into a vector that was made from the field: all but dense unions whose type ids are not 0, 1, 2... */
    static boolean work(Field field) {
        return !any(field, Slices::isDenseWithOtherIds);
    }

    /** Into a vector that {@code getTransferPair} makes: neither run-end encoded children of unions. */
    static boolean workIntoNewVectors(Field field) {
        return work(field) && !any(field, Slices::isUnionOfRuns);
    }

    private static boolean isDenseWithOtherIds(Field field) {
        if (!(Shape.storage(field) instanceof ArrowType.Union union) || union.getMode() != UnionMode.Dense)
            return false;
        int[] ids = union.getTypeIds();
        for (int i = 0; i < ids.length; i++) {
            if (ids[i] != i) return true;
        }
        return false;
    }

    private static boolean isUnionOfRuns(Field field) {
        return Shape.storage(field) instanceof ArrowType.Union
                && field.getChildren().stream().anyMatch(c -> c.getType().equals(ArrowType.RunEndEncoded.INSTANCE));
    }

    /** Whether a field or one of its descendants is such. */
    static boolean any(Field field, Predicate<Field> such) {
        return such.test(field) || field.getChildren().stream().anyMatch(child -> any(child, such));
    }
}
