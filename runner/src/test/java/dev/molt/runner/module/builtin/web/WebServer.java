package dev.molt.runner.module.builtin.web;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A web server on loopback whose pages a test writes, and that remembers what it was asked. */
final class WebServer implements AutoCloseable {
  /** Answers one request. */
  interface Page {
    void answer(Asked asked) throws IOException;
  }

  /**
   * A request.
   *
   * @param line method and path
   */
  record Asked(HttpExchange exchange, String line, String body) {
    String header(String name) {
      return exchange.getRequestHeaders().getFirst(name);
    }

    Asked set(String name, String value) {
      exchange.getResponseHeaders().add(name, value);
      return this;
    }

    void reply(int status, String text) throws IOException {
      byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
      boolean head = exchange.getRequestMethod().equals("HEAD");
      boolean bare = head || status == 304 || status == 204;
      exchange.sendResponseHeaders(status, bare ? -1 : bytes.length == 0 ? -1 : bytes.length);
      if (!bare) {
        exchange.getResponseBody().write(bytes);
      }
      exchange.close();
    }
  }

  private static final char[] PASSWORD = "changeit".toCharArray();

  private final HttpServer server;
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final Map<String, Page> pages = new HashMap<>();

  private WebServer(HttpServer server) {
    this.server = server;
    server.createContext("/", this::handle);
    server.start();
  }

  static WebServer http() throws IOException {
    return new WebServer(HttpServer.create(address(), 0));
  }

  /** With a certificate that nobody trusts; leaves it in {@code cert.pem} in the directory. */
  static WebServer https(Path directory)
      throws IOException, InterruptedException, GeneralSecurityException {
    Path store = directory.resolve("store");
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    run(
        keytool,
        "-genkeypair",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit",
        "-alias",
        "server",
        "-keyalg",
        "EC",
        "-dname",
        "CN=127.0.0.1",
        "-ext",
        "san=ip:127.0.0.1");
    run(
        keytool,
        "-exportcert",
        "-rfc",
        "-keystore",
        store.toString(),
        "-storepass",
        "changeit",
        "-alias",
        "server",
        "-file",
        directory.resolve("cert.pem").toString());
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers = KeyManagerFactory.getInstance("PKIX");
    managers.init(keys, PASSWORD);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    HttpsServer server = HttpsServer.create(address(), 0);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    return new WebServer(server);
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (process.waitFor() != 0) {
      throw new IOException("keytool failed");
    }
  }

  private static InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().toString();
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Asked one = new Asked(exchange, exchange.getRequestMethod() + " " + path, body);
    asked.add(one);
    pages.getOrDefault(path, a -> a.reply(404, "no such page")).answer(one);
  }

  WebServer page(String path, Page page) {
    pages.put(path, page);
    return this;
  }

  WebServer text(String path, String text) {
    return page(path, a -> a.reply(200, text));
  }

  String url(String path) {
    String scheme = server instanceof HttpsServer ? "https" : "http";
    return scheme + "://127.0.0.1:" + server.getAddress().getPort() + path;
  }

  /** What was asked, method and path each, and nothing from now on. */
  List<String> lines() {
    List<String> lines = asked.stream().map(Asked::line).toList();
    asked.clear();
    return lines;
  }

  Asked last() {
    return asked.get(asked.size() - 1);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
