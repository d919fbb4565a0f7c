package io.partd.arrow.testing;

/** A floating-point number of 16, 32 or 64 bits that is equal by its bits: NaNs keep their payload, -0.0 its sign. */
public record Real(int width, long bits) {
    public static Real of(float value) {
        return new Real(32, Integer.toUnsignedLong(Float.floatToRawIntBits(value)));
    }

    public static Real of(double value) {
        return new Real(64, Double.doubleToRawLongBits(value));
    }

    @Override
    public String toString() {
        String hex = "0x" + Long.toHexString(bits);
        if (width == 32) return Float.intBitsToFloat((int) bits) + "f(" + hex + ")";
        return width == 64 ? Double.longBitsToDouble(bits) + "(" + hex + ")" : "half(" + hex + ")";
    }
}
