package io.partd.tablesaw;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import tech.tablesaw.columns.Column;

/**
 * The array in which the columns of one of Tablesaw's classes keep their values, and columns made of such an array.
 * Both are free of copies, for which Tablesaw has no public way; each is looked up once.
 */
final class Backing {
    private final MethodHandle array;
    private final MethodHandle create;
    private final Class<?> element;

    /** The columns keep their values in a list of fastutil's, which has an array. */
    Backing(Class<?> column, Class<?> list) {
        try {
            Field data = column.getDeclaredField("data");
            data.setAccessible(true);
            Constructor<?> constructor = column.getDeclaredConstructor(String.class, list);
            constructor.setAccessible(true);
            Method elements = list.getMethod("elements");
            Method wrap = list.getMethod("wrap", elements.getReturnType());
            element = elements.getReturnType().getComponentType();
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            array = MethodHandles.filterReturnValue(lookup.unreflectGetter(data), lookup.unreflect(elements))
                    .asType(MethodType.methodType(Object.class, Column.class));
            create = MethodHandles.filterArguments(lookup.unreflectConstructor(constructor), 1, lookup.unreflect(wrap))
                    .asType(MethodType.methodType(Column.class, String.class, Object.class));
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw new IllegalStateException(
                    "this version of Tablesaw keeps the values of " + column.getSimpleName()
                            + " where they are not looked for: use tablesaw-core 0.44.4",
                    e);
        }
    }

    Object newArray(int rows) {
        return Array.newInstance(element, rows);
    }

    /** The array of a column, which may be longer than the column. */
    Object array(Column<?> column) {
        try {
            return (Object) array.invokeExact((Column) column);
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException("the values of a column cannot be read", e);
        }
    }

    /** A column that keeps the array, not a copy of it. */
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
