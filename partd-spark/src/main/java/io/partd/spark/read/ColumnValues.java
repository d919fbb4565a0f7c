package io.partd.spark.read;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.connector.expressions.Expression;
import org.apache.spark.sql.connector.expressions.Literal;
import org.apache.spark.sql.connector.expressions.NamedReference;
import org.apache.spark.sql.connector.expressions.filter.And;
import org.apache.spark.sql.connector.expressions.filter.Or;
import org.apache.spark.sql.connector.expressions.filter.Predicate;
import org.apache.spark.sql.types.StructType;

/**
 * What a filter says about the values of single columns: that they are among a few, or within bounds. Values are
 * Spark's internal ones, null included.
 */
final class ColumnValues {
    private final Predicate filter;
    private final StructType schema;

    private ColumnValues(Predicate filter, StructType schema) {
        this.filter = filter;
        this.schema = schema;
    }

    static ColumnValues of(Predicate filter, StructType schema) {
        return new ColumnValues(filter, schema);
    }

    /** The values that a column has in all rows that pass; empty where that may be any. */
    Optional<Set<Object>> of(String column) {
        return few(filter, column);
    }

    /** What no value of the column is less than, in rows that pass. */
    Optional<Object> least(String column) {
        return bound(filter, column, Set.of(">", ">="));
    }

    /** What no value of the column is greater than, in rows that pass. */
    Optional<Object> greatest(String column) {
        return bound(filter, column, Set.of("<", "<="));
    }

    private Optional<Set<Object>> few(Predicate part, String column) {
        if (part instanceof And and) {
            Optional<Set<Object>> left = few(and.left(), column);
            Optional<Set<Object>> right = few(and.right(), column);
            if (left.isEmpty() || right.isEmpty()) return left.or(() -> right);
            Set<Object> both = new HashSet<>(left.get());
            both.retainAll(right.get());
            return Optional.of(both);
        }
        if (part instanceof Or or) {
            Optional<Set<Object>> left = few(or.left(), column);
            Optional<Set<Object>> right = few(or.right(), column);
            if (left.isEmpty() || right.isEmpty()) return Optional.empty();
            Set<Object> either = new HashSet<>(left.get());
            either.addAll(right.get());
            return Optional.of(either);
        }
        return switch (part.name()) {
            case "=", "IN" -> literals(part, column, false);
            case "<=>" -> literals(part, column, true);
            case "IS_NULL" ->
                isColumn(part.children()[0], column) ? Optional.of(Collections.singleton(null)) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** The literals that the column is compared with; a null among them matches where {@code nullMatches}. */
    private Optional<Set<Object>> literals(Predicate part, String column, boolean nullMatches) {
        List<Expression> sides = new ArrayList<>(List.of(part.children()));
        if (!sides.removeIf(side -> isColumn(side, column))) return Optional.empty();
        Set<Object> values = new HashSet<>();
        for (Expression side : sides) {
            if (!(side instanceof Literal<?> literal) || !isOfColumn(literal, column)) return Optional.empty();
            if (literal.value() != null || nullMatches) values.add(literal.value());
        }
        return Optional.of(values);
    }

    private Optional<Object> bound(Predicate part, String column, Set<String> operators) {
        if (part instanceof And and) {
            return bound(and.left(), column, operators).or(() -> bound(and.right(), column, operators));
        }
        if (part.children().length != 2) return Optional.empty();
        Expression left = part.children()[0];
        Expression right = part.children()[1];
        if (operators.contains(part.name()) && isColumn(left, column)) return value(right, column);
        if (operators.contains(mirrored(part.name())) && isColumn(right, column)) return value(left, column);
        return Optional.empty();
    }

    private static String mirrored(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private Optional<Object> value(Expression expression, String column) {
        if (!(expression instanceof Literal<?> literal) || !isOfColumn(literal, column)) return Optional.empty();
        return Optional.ofNullable(literal.value());
    }

    private boolean isOfColumn(Literal<?> literal, String column) {
        return literal.dataType().equals(schema.apply(column).dataType());
    }

    private static boolean isColumn(Expression expression, String column) {
        if (!(expression instanceof NamedReference reference)) return false;
        return reference.fieldNames().length == 1 && reference.fieldNames()[0].equals(column);
    }
}
