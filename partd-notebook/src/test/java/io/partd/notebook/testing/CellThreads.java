package io.partd.notebook.testing;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs each snippet in a thread of its own and keeps what it gives as an object. As in IJava, an interrupt of the cell
 * interrupts the thread and does not wait for it.
 */
final class CellThreads extends DirectExecutionControl {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Object> results = new ConcurrentHashMap<>();
    private volatile Future<Object> running;

    /** Hands JShell these threads. */
    record Provider(CellThreads threads) implements ExecutionControlProvider {
        @Override
        public String name() {
            return "cells";
        }

        @Override
        public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
            return threads;
        }
    }

    /** Takes what a snippet gave, by the name that JShell has for it; null where it gave nothing. */
    Object take(String name) {
        return name == null ? null : results.remove(name);
    }

    @Override
    protected String invoke(Method snippet) throws Exception {
        Future<Object> task = threads.submit(() -> snippet.invoke(null));
        running = task;
        try {
            Object result = task.get();
            String name = UUID.randomUUID().toString();
            if (result != null) results.put(name, result);
            return name;
        } catch (CancellationException e) {
            throw new UserException("the cell was interrupted", "Interrupted", e.getStackTrace());
        } catch (ExecutionException e) {
            Throwable thrown =
                    e.getCause() instanceof InvocationTargetException target ? target.getCause() : e.getCause();
            throw new UserException(
                    String.valueOf(thrown.getMessage()), thrown.getClass().getName(), thrown.getStackTrace());
        } finally {
            running = null;
        }
    }

    void interrupt() {
        Future<Object> task = running;
        if (task != null) task.cancel(true);
    }

    @Override
    public void stop() {
        threads.shutdownNow();
    }

    @Override
    public void close() {
        threads.shutdownNow();
        super.close();
    }
}
