package io.partd.kill;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * What a store may hold after a process was killed in an operation: as if it had never begun, or as if it was done
 * before all that came after the kill. Reading may show the first until once it shows the second; from then on
 * everybody has to say the second. An answer that would be wrong in the second keeps it from ever being shown.
 */
final class Worlds {
    private final Content without;
    private final Content with;
    private boolean mayBeWithout = true;
    private boolean mayBeWith = true;

    /** From before the operation and after it; {@code done} if it is known that it was done. */
    Worlds(Content without, Content with, boolean done) {
        this.without = without.copy();
        this.with = with.copy();
        mayBeWithout = !done;
    }

    /** Something was read: decides, if it could only be read after the operation. */
    void seen(Supplier<String> what, Predicate<Content> fits) {
        boolean fitsWith = mayBeWith && fits.test(with);
        boolean fitsWithout = mayBeWithout && fits.test(without);
        if (!fitsWith && !fitsWithout) throw new AssertionError(what.get() + "; expected " + this);
        mayBeWithout = fitsWithout;
    }

    /** Something was done, and gave an answer: what it does is done in both, if the answer is right there. */
    <T> void done(String what, T answer, Function<Content, T> step) {
        String before = toString();
        mayBeWithout &= step.apply(without).equals(answer);
        mayBeWith &= step.apply(with).equals(answer);
        if (!mayBeWith && !mayBeWithout) throw new AssertionError(what + " answered " + answer + ", of " + before);
    }

    @Override
    public String toString() {
        if (!mayBeWithout) return "" + with;
        return mayBeWith ? without + ", then " + with : "" + without;
    }
}
