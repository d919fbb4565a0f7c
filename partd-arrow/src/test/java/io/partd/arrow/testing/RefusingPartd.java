package io.partd.arrow.testing;

import io.partd.Bytes;
import io.partd.Partd;
import io.partd.testing.ForwardingPartd;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** A store whose append fails as a whole, and writes nothing, where it is given one of some keys. */
public final class RefusingPartd extends ForwardingPartd<Bytes> {
    public final Set<String> refused = new HashSet<>();
    public Function<String, RuntimeException> failure = IllegalArgumentException::new;

    public RefusingPartd(Partd<Bytes> inner) {
        super(inner);
    }

    @Override
    public Set<String> append(Map<String, ? extends Bytes> values, Map<String, ? extends Bytes> heads) {
        for (String key : values.keySet()) {
            if (refused.contains(key)) throw failure.apply("key \"" + key + "\" is refused");
        }
        return super.append(values, heads);
    }
}
