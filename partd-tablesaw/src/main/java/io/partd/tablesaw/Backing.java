package io.partd.tablesaw;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import tech.tablesaw.columns.Column;

/**
 * The list in which one class of Tablesaw columns keeps its values, and columns made of such a list. Both are free of
 * copies, for which Tablesaw has no public way; each is looked up once.
 */
final class Backing {
    private final MethodHandle list;
    private final MethodHandle create;

    Backing(Class<?> column, Class<?> listType) {
        try {
            Field data = column.getDeclaredField("data");
            data.setAccessible(true);
            Constructor<?> constructor = column.getDeclaredConstructor(String.class, listType);
            constructor.setAccessible(true);
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            list = lookup.unreflectGetter(data).asType(MethodType.methodType(Object.class, Column.class));
            create = lookup.unreflectConstructor(constructor)
                    .asType(MethodType.methodType(Column.class, String.class, Object.class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "this version of Tablesaw keeps the values of " + column.getSimpleName()
                            + " where they are not looked for: use tablesaw-core 0.44.4",
                    e);
        }
    }

    Object list(Column<?> column) {
        try {
            return (Object) list.invokeExact((Column) column);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the values of a column cannot be read", e);
        }
    }

    Column<?> column(String name, Object values) {
        try {
            return (Column) create.invokeExact(name, values);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("a column cannot be made", e);
        }
    }
}
