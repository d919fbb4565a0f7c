package io.partd.notebook.testing;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ.Socket;

/** A kernel in a process of its own, and the client's end of Jupyter's messages over ZeroMQ. For one thread. */
public final class KernelProcess implements AutoCloseable {
    private static final byte[] DELIMITER = "<IDS|MSG>".getBytes(StandardCharsets.US_ASCII);
    private static final String KEY = "a key that both ends know";
    private static final Gson GSON = new Gson();
    private static final int POLL_MILLIS = 10;
    private static final int ANSWER_MILLIS = 500;

    private final String session = UUID.randomUUID().toString();
    private final ZContext context = new ZContext();
    private final Process process;
    private final Path log;
    private final Socket shell;
    private final Socket control;
    private final Socket published;

    /** What came of a cell: the messages that were published, and the reply. */
    public record Outcome(List<JsonObject> published, JsonObject reply) {
        /** The content of what the cell gave or displayed, of one MIME type each. */
        public List<String> shown(String mime) {
            List<String> shown = new ArrayList<>();
            for (JsonObject message : published) {
                JsonObject data = message.getAsJsonObject("content").getAsJsonObject("data");
                if (data != null && data.has(mime)) shown.add(data.get(mime).getAsString());
            }
            return shown;
        }

        public String status() {
            return reply.get("status").getAsString();
        }

        public String error() {
            return reply.has("evalue") ? reply.get("evalue").getAsString() : "";
        }
    }

    /** Starts a kernel with this class path and main class, in a directory. */
    KernelProcess(Path directory, List<String> classPath, String main, String... flags) throws IOException {
        List<Integer> ports = freePorts();
        Path connection = Files.writeString(directory.resolve("connection.json"), connection(ports));
        log = directory.resolve("kernel.log");
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin/java").toString()));
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", String.join(File.pathSeparator, classPath), main, connection.toString()));
        process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        shell = connect(SocketType.DEALER, ports.get(0));
        control = connect(SocketType.DEALER, ports.get(1));
        published = connect(SocketType.SUB, ports.get(2));
        published.subscribe(new byte[0]);
    }

    private static List<Integer> freePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        List<Integer> ports = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
                ports.add(sockets.get(i).getLocalPort());
            }
        } finally {
            for (ServerSocket socket : sockets) socket.close();
        }
        return ports;
    }

    private static String connection(List<Integer> ports) {
        return GSON.toJson(Map.of(
                "ip", "127.0.0.1",
                "transport", "tcp",
                "key", KEY,
                "signature_scheme", "hmac-sha256",
                "shell_port", ports.get(0),
                "control_port", ports.get(1),
                "iopub_port", ports.get(2),
                "stdin_port", ports.get(3),
                "hb_port", ports.get(4)));
    }

    private Socket connect(SocketType type, int port) {
        Socket socket = context.createSocket(type);
        socket.setReceiveTimeOut(POLL_MILLIS);
        socket.setLinger(0);
        socket.connect("tcp://127.0.0.1:" + port);
        return socket;
    }

    /** Waits until the kernel answers and what it publishes arrives; false if it does not within the time. */
    boolean awaitReady(long seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < deadline && process.isAlive()) {
            send(shell, "kernel_info_request", Map.of());
            if (isAnswered()) return true;
        }
        return false;
    }

    private boolean isAnswered() {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(ANSWER_MILLIS);
        boolean replied = false;
        boolean heard = false;
        while (!(replied && heard) && System.nanoTime() < deadline) {
            replied |= receive(shell) != null;
            heard |= receive(published) != null;
        }
        return replied && heard;
    }

    /** Sends a cell, and returns the id that its messages bear. */
    public String begin(String code) {
        return send(
                shell,
                "execute_request",
                Map.of(
                        "code",
                        code,
                        "silent",
                        false,
                        "store_history",
                        true,
                        "allow_stdin",
                        false,
                        "stop_on_error",
                        true));
    }

    public Outcome run(String code) {
        return await(begin(code), 60);
    }

    public void interrupt() {
        send(control, "interrupt_request", Map.of());
    }

    /** Waits for the reply of a cell, and for its last message. */
    public Outcome await(String id, long seconds) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        List<JsonObject> messages = new ArrayList<>();
        JsonObject reply = null;
        boolean idle = false;
        while (reply == null || !idle) {
            if (System.nanoTime() > deadline || !process.isAlive()) throw new AssertionError("no answer: " + log());
            JsonObject message = receive(published);
            if (message != null && isOf(message, id)) {
                messages.add(message);
                JsonObject content = message.getAsJsonObject("content");
                idle |= content.has("execution_state")
                        && content.get("execution_state").getAsString().equals("idle");
            }
            JsonObject answer = reply == null ? receive(shell) : null;
            if (answer != null && isOf(answer, id)) reply = answer.getAsJsonObject("content");
        }
        return new Outcome(messages, reply);
    }

    private static boolean isOf(JsonObject message, String id) {
        JsonObject parent = message.getAsJsonObject("parent_header");
        return parent.has("msg_id") && parent.get("msg_id").getAsString().equals(id);
    }

    private String send(Socket socket, String type, Map<String, Object> content) {
        String id = UUID.randomUUID().toString();
        Map<String, Object> header = Map.of(
                "msg_id",
                id,
                "session",
                session,
                "username",
                "test",
                "date",
                "2026-01-01T00:00:00.000000Z",
                "msg_type",
                type,
                "version",
                "5.3");
        byte[][] parts = {json(header), json(Map.of()), json(Map.of()), json(content)};
        socket.sendMore(DELIMITER);
        socket.sendMore(signature(parts));
        for (int i = 0; i < parts.length; i++) socket.send(parts[i], i + 1 < parts.length ? org.zeromq.ZMQ.SNDMORE : 0);
        return id;
    }

    private static byte[] json(Map<String, Object> value) {
        return GSON.toJson(value).getBytes(StandardCharsets.UTF_8);
    }

    private static String signature(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            for (byte[] part : parts) mac.update(part);
            return HexFormat.of().formatHex(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** The next message, or null where none comes for a while. */
    private static JsonObject receive(Socket socket) {
        byte[] part = socket.recv();
        if (part == null) return null;
        while (!java.util.Arrays.equals(part, DELIMITER)) part = socket.recv();
        String signature = socket.recvStr();
        byte[][] parts = {socket.recv(), socket.recv(), socket.recv(), socket.recv()};
        while (socket.hasReceiveMore()) socket.recv();
        if (!signature.equals(signature(parts))) throw new AssertionError("a message is not signed with the key");
        JsonObject message = new JsonObject();
        message.add("header", JsonParser.parseString(new String(parts[0], StandardCharsets.UTF_8)));
        message.add("parent_header", JsonParser.parseString(new String(parts[1], StandardCharsets.UTF_8)));
        message.add("content", JsonParser.parseString(new String(parts[3], StandardCharsets.UTF_8)));
        return message;
    }

    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        context.close();
    }
}
