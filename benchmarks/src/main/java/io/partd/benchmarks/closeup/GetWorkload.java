package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.Form;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.Sources;
import io.partd.benchmarks.data.StoreKind;
import java.io.IOException;

/** A get of every key, one by one, by the handle that has appended, for the first time since. */
final class GetWorkload extends StoreWorkload {
    private final Form form;

    GetWorkload(RunContext setting, StoreKind kind, Shape shape, Form form) {
        super(setting, kind, shape);
        this.form = form;
    }

    @Override
    public String name() {
        return shape.group() + " get " + form + " " + kind;
    }

    @Override
    public String limit() {
        if (kind == StoreKind.DICT) return form == Form.ARRAYS ? MemoryLimit.COPY : "";
        return form == Form.ARRAYS && shape != Shape.SMALL ? PlainArrays.NAME : PlainRead.NAME;
    }

    @Override
    public void prepare() throws IOException {
        super.prepare();
        append(0, 1);
    }

    @Override
    public long run() {
        long bytes = 0;
        for (String key : Sources.keys(shape.keys())) bytes += form.read(store.get(key));
        return bytes;
    }
}
