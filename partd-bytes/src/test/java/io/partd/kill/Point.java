package io.partd.kill;

/** Where in an operation a thread is when its process is killed; {@code where} is for people. */
record Point(String where, int word, Tracer.Call call) {
    static final Point END = new Point("after its end", 0, null);

    /** Before the so-manieth store to a control word. */
    static Point atWord(int word) {
        return new Point("before store " + word + " to a word", word, null);
    }

    /** Before a system call. */
    static Point atCall(Tracer.Call call) {
        return new Point("before " + call, 0, call);
    }
}
