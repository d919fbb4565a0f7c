package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.Form;
import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.Shape;
import io.partd.benchmarks.data.StoreKind;
import java.util.ArrayList;
import java.util.List;

/** All workloads, in the order of the table. */
final class Workloads {
    private Workloads() {}

    static List<Workload> all(RunContext setting) {
        List<Workload> all = new ArrayList<>();
        addStores(setting, all);
        all.add(new OpenWorkload(setting));
        all.add(new AppendWorkload(setting, StoreKind.FILE, Shape.HEAP, 2));
        all.add(new AppendWorkload(setting, StoreKind.FILE, Shape.DIRECT, 2));
        for (Limit limit : Limit.values()) all.add(limit.make(setting));
        return all;
    }

    private static void addStores(RunContext setting, List<Workload> all) {
        for (StoreKind kind : StoreKind.values()) all.add(new AppendWorkload(setting, kind, Shape.SMALL, 1));
        for (StoreKind kind : StoreKind.values()) {
            all.add(new GetWorkload(setting, kind, Shape.SMALL, Form.ARRAYS));
        }
        for (Shape shape : List.of(Shape.HEAP, Shape.DIRECT)) {
            for (StoreKind kind : StoreKind.values()) all.add(new AppendWorkload(setting, kind, shape, 1));
        }
        for (Form form : Form.values()) {
            for (StoreKind kind : StoreKind.values()) all.add(new GetWorkload(setting, kind, Shape.HEAP, form));
        }
    }
}
