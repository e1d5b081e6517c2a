package dev.molt.runner.module.builtin;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A server that speaks just enough of PostgreSQL's protocol to turn a client away. */
final class FakePostgres implements AutoCloseable {
  private static final int SSL_REQUEST = 80877103;

  private final Thread thread;
  private final ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
  private final Optional<SSLContext> tls;
  private final String state;
  private final String message;

  /** One that refuses every login with this; silent if the state is empty. */
  FakePostgres(Optional<SSLContext> tls, String state, String message) throws IOException {
    this.tls = tls;
    this.state = state;
    this.message = message;
    thread = new Thread(this::serve, "fake-postgres");
    thread.setDaemon(true);
    thread.start();
  }

  int port() {
    return listener.getLocalPort();
  }

  private void serve() {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        answer(socket);
      } catch (IOException e) {
        // The client went away, as it should; or the test is over.
      }
    }
  }

  private void answer(Socket plain) throws IOException {
    if (state.isEmpty()) {
      plain.getInputStream().readAllBytes();
      return;
    }
    Socket socket = plain;
    DataInputStream in = new DataInputStream(socket.getInputStream());
    byte[] request = in.readNBytes(in.readInt() - 4);
    if (java.nio.ByteBuffer.wrap(request).getInt() == SSL_REQUEST) {
      socket.getOutputStream().write(tls.isPresent() ? 'S' : 'N');
      if (tls.isEmpty()) {
        in.readAllBytes();
        return;
      }
      SSLSocket secured =
          (SSLSocket) tls.get().getSocketFactory().createSocket(plain, "client", 1, true);
      secured.setUseClientMode(false);
      secured.startHandshake();
      socket = secured;
      in = new DataInputStream(socket.getInputStream());
      in.readNBytes(in.readInt() - 4);
    }
    ByteArrayOutputStream fields = new ByteArrayOutputStream();
    for (String field : new String[] {"SFATAL", "VFATAL", "C" + state, "M" + message}) {
      fields.write(field.getBytes(StandardCharsets.UTF_8));
      fields.write(0);
    }
    fields.write(0);
    DataOutputStream out = new DataOutputStream(socket.getOutputStream());
    out.writeByte('E');
    out.writeInt(fields.size() + 4);
    fields.writeTo(out);
    out.flush();
    in.read();
  }

  /** TLS with a certificate that nobody signed, made by the JDK's keytool. */
  static SSLContext selfSigned(Path directory) throws Exception {
    Path file = directory.resolve("key.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "a",
                "-keyalg",
                "EC",
                "-dname",
                "CN=other.example",
                "-storetype",
                "PKCS12",
                "-storepass",
                "secret",
                "-keystore",
                file.toString())
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException("keytool failed");
    }
    KeyStore store = KeyStore.getInstance(file.toFile(), "secret".toCharArray());
    KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
    keys.init(store, "secret".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    // The port listens until the thread has left accept: its system call holds the socket.
    try {
      thread.join(5_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
