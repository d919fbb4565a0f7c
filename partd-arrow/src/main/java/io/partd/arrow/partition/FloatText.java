package io.partd.arrow.partition;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.function.Predicate;

/**
 * The shortest decimal text of a float or double that reads back as the same, as {@code Double.toString} gives it since
 * JDK 19. Older ones give some numbers too many digits, and a key must not depend on the JDK.
 */
final class FloatText {
    private static final int LEAST_DIGITS = 2;
    private static final int LOWEST_PLAIN_EXPONENT = -3;
    private static final int HIGHEST_PLAIN_EXPONENT = 6;

    private FloatText() {}

    static String of(double value) {
        if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) return Double.toString(value);
        BigDecimal known = new BigDecimal(Double.toString(value));
        return write(shortest(new BigDecimal(value), known, decimal -> decimal.doubleValue() == value));
    }

    static String of(float value) {
        if (value == 0 || Float.isNaN(value) || Float.isInfinite(value)) return Float.toString(value);
        BigDecimal known = new BigDecimal(Float.toString(value));
        return write(shortest(new BigDecimal(value), known, decimal -> decimal.floatValue() == value));
    }

    /** Starts from the JDK's digits, which read back, and takes digits away as long as the number still does. */
    private static BigDecimal shortest(BigDecimal exact, BigDecimal known, Predicate<BigDecimal> readsBack) {
        BigDecimal best = known;
        int digits = Math.max(LEAST_DIGITS, known.stripTrailingZeros().precision());
        for (; digits >= LEAST_DIGITS; digits--) {
            BigDecimal closest = closest(exact, digits, readsBack);
            if (closest == null) break;
            best = closest;
        }
        return best;
    }

    /** At a power of two the nearest may not read back, and the one on the other side may. */
    private static BigDecimal closest(BigDecimal exact, int digits, Predicate<BigDecimal> readsBack) {
        for (RoundingMode mode : new RoundingMode[] {RoundingMode.HALF_EVEN, RoundingMode.UP, RoundingMode.DOWN}) {
            BigDecimal rounded = exact.round(new MathContext(digits, mode));
            if (readsBack.test(rounded)) return rounded;
        }
        return null;
    }

    private static String write(BigDecimal value) {
        BigInteger digits = value.stripTrailingZeros().unscaledValue();
        String text = digits.abs().toString();
        int exponent = value.precision() - value.scale() - 1;
        String sign = digits.signum() < 0 ? "-" : "";
        if (exponent < LOWEST_PLAIN_EXPONENT || exponent > HIGHEST_PLAIN_EXPONENT) {
            return sign + text.charAt(0) + '.' + (text.length() > 1 ? text.substring(1) : "0") + 'E' + exponent;
        }
        String plain = value.stripTrailingZeros().toPlainString();
        return plain.indexOf('.') < 0 ? plain + ".0" : plain;
    }
}
