package io.partd.benchmarks.closeup;

import io.partd.benchmarks.data.RunContext;
import io.partd.benchmarks.data.TableForm;
import io.partd.benchmarks.data.TableLayout;
import io.partd.benchmarks.data.Tables;
import org.apache.arrow.vector.compression.CompressionUtil.CodecType;

/** Reading every part of a table by the handle that has appended it, for the first time since. */
final class TableRead extends TableWorkload {
    private final TableForm form;

    TableRead(RunContext setting, Tables tables, TableLayout layout, TableForm form) {
        super(setting, tables, layout);
        this.form = form;
    }

    @Override
    public String name() {
        return layout.name(form.toString());
    }

    /** One column is measured by all of them, what is compressed by what is not. */
    @Override
    public String limit() {
        if (form != form.allColumns()) return layout.name(form.allColumns().toString());
        TableLayout plain = TableLayout.compressed(CodecType.NO_COMPRESSION);
        return layout.equals(plain) ? PlainRead.NAME : plain.name(form.toString());
    }

    @Override
    public void prepare() throws Exception {
        super.prepare();
        write(1);
    }

    @Override
    public long run() throws Exception {
        return read(form);
    }
}
