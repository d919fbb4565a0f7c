package io.partd.flight;

import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** Hands on what a call answers, in the transport's thread, while another waits for its end. */
final class Waiter<R> extends ClientCall.Listener<R> {
    private final Consumer<R> answers;
    private ClientCall<?, R> call;
    private Status status;
    private Metadata trailers;
    private RuntimeException refused;

    Waiter(Consumer<R> answers) {
        this.answers = answers;
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
        synchronized (this) {
            while (status == null && !call.isReady()) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        return status == null;
    }

    /** Waits for the end; an interrupt cancels the call. */
    void await() throws CallFailure {
        try {
            synchronized (this) {
                while (status == null) wait();
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
            while (status == null) {
                try {
                    wait();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
        end();
    }

    private synchronized void end() throws CallFailure {
        if (refused != null) throw refused;
        if (!status.isOk()) throw new CallFailure(status, trailers);
    }
}
