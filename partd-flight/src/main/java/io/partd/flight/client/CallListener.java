package io.partd.flight.client;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Hands on what a call answers, in the transport's thread, while another waits for its end until a deadline. */
final class CallListener<R> extends ClientCall.Listener<R> {
    private final Consumer<R> answers;
    private final Deadline deadline;
    private ClientCall<?, R> call;
    private Status status;
    private Metadata trailers;
    private RuntimeException refused;

    CallListener(Consumer<R> answers, Deadline deadline) {
        this.answers = answers;
        this.deadline = deadline;
    }

    /** The call, once it was started; asks for its answers. */
    void attach(ClientCall<?, R> started) {
        synchronized (this) {
            call = started;
        }
        started.request(2);
    }

    @Override
    public void onMessage(R answer) {
        deadline.progress();
        try {
            answers.accept(answer);
            call.request(1);
        } catch (RuntimeException e) {
            synchronized (this) {
                if (refused == null) refused = e;
            }
            call.cancel("the answer is not as expected", e);
        }
    }

    @Override
    public synchronized void onReady() {
        deadline.progress();
        notifyAll();
    }

    @Override
    public synchronized void onClose(Status end, Metadata last) {
        status = end;
        trailers = last;
        notifyAll();
    }

    /** Waits until the call takes more, or has ended; says whether it takes more. */
    boolean awaitReady() {
        boolean interrupted = false;
        boolean ready;
        synchronized (this) {
            while (status == null && !call.isReady() && !deadline.isOver()) {
                try {
                    deadline.await(this);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            ready = status == null && call.isReady();
        }
        if (interrupted) Thread.currentThread().interrupt();
        return ready;
    }

    /** Waits for the end; an interrupt cancels the call. */
    void await() throws CallFailure {
        try {
            synchronized (this) {
                while (status == null && !deadline.isOver()) deadline.await(this);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            call.cancel("interrupted", e);
            throw new UncheckedIOException(
                    "interrupted while it waited for the server: nothing was changed",
                    new InterruptedIOException("interrupted"));
        }
        end();
    }

    /** Waits for the end; an interrupt stays set until then. */
    void awaitUninterruptibly() throws CallFailure {
        boolean interrupted = false;
        synchronized (this) {
            while (status == null && !deadline.isOver()) {
                try {
                    deadline.await(this);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        end();
    }

    private void end() throws CallFailure {
        synchronized (this) {
            if (refused != null) throw refused;
            if (status != null && status.isOk()) return;
            if (status != null) throw new CallFailure(status, trailers);
        }
        call.cancel("the deadline is over", null);
        throw CallFailure.deadline();
    }
}
