package dev.molt.dsl.template.lookup;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.io.InputStream;
import java.net.Authenticator;
import java.net.InetSocketAddress;
import java.net.PasswordAuthentication;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;

/** One GET, with the options that Ansible's lookup {@code url} has. */
final class WebRequest {
  private static final String AGENT = "ansible-httpget";
  private static final int SECONDS = 10;

  private final URI address;
  private final Options options;

  private WebRequest(URI address, Options options) {
    this.address = address;
    this.options = options;
  }

  /**
   * Asks.
   *
   * @throws IllegalArgumentException for what is no http or https address
   * @throws IOException where no answer came
   */
  static HttpResponse<byte[]> send(URI address, Options options)
      throws IOException, InterruptedException {
    WebRequest asking = new WebRequest(address, options);
    try {
      return asking.client().send(asking.request(), BodyHandlers.ofByteArray());
    } catch (GeneralSecurityException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private HttpRequest request() {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address)
            .timeout(timeout())
            .header("User-Agent", options.text("http_agent", AGENT));
    if (options.flag("force", false)) {
      request.header("Cache-Control", "no-cache");
    }
    if (options.has("username") && options.flag("force_basic_auth", false)) {
      String pair = options.text("username", "") + ":" + options.text("password", "");
      request.header(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }
    if (options.get("headers") instanceof MapValue headers) {
      headers
          .entries()
          .forEach((name, value) -> request.setHeader(Python.str(name), Python.str(value)));
    } else if (options.get("headers") != null && options.get("headers") != NullValue.NULL) {
      throw new ValueException("the headers of the lookup url are a mapping");
    }
    return request.GET().build();
  }

  private Duration timeout() {
    return Duration.ofSeconds(Math.max(1, options.number("timeout", SECONDS)));
  }

  private HttpClient client() throws GeneralSecurityException, IOException {
    HttpClient.Builder client =
        HttpClient.newBuilder().connectTimeout(timeout()).followRedirects(redirect());
    // With one, Java's client leaves out what a request says by itself.
    if (options.has("username") && !options.flag("force_basic_auth", false)) {
      client.authenticator(
          new Authenticator() {
            @Override
            protected PasswordAuthentication getPasswordAuthentication() {
              return new PasswordAuthentication(
                  options.text("username", ""), options.text("password", "").toCharArray());
            }
          });
    }
    if (options.flag("use_proxy", true)) {
      proxy().ifPresent(client::proxy);
    }
    if ("https".equalsIgnoreCase(address.getScheme())) {
      Optional<TrustManager[]> trust = trust();
      if (trust.isPresent()) {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.get(), null);
        client.sslContext(context);
      }
    }
    return client.build();
  }

  /** A GET is safe, so all but none follow; never from https to http. */
  private Redirect redirect() {
    String word = options.text("follow_redirects", "urllib2").toLowerCase(Locale.ROOT);
    return switch (word) {
      case "all", "yes", "true", "safe", "urllib2" -> Redirect.NORMAL;
      case "none", "no", "false" -> Redirect.NEVER;
      default ->
          throw new ValueException(
              "follow_redirects is one of all, yes, safe, urllib2, none, no; not " + word);
    };
  }

  /** As the environment says it, as programs other than Java's do. */
  private Optional<ProxySelector> proxy() {
    String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
    String set = environment(scheme + "_proxy");
    String host = String.valueOf(address.getHost());
    for (String none : environment("no_proxy").split("[, ]+")) {
      String plain = none.replaceFirst("^\\.", "");
      if (none.equals("*")
          || (!plain.isEmpty() && (host.equals(plain) || host.endsWith("." + plain)))) {
        return Optional.empty();
      }
    }
    if (set.isEmpty()) {
      return Optional.empty();
    }
    URI proxy = URI.create(set.contains("://") ? set : "http://" + set);
    int port = proxy.getPort() < 0 ? 80 : proxy.getPort();
    return Optional.of(ProxySelector.of(new InetSocketAddress(proxy.getHost(), port)));
  }

  private static String environment(String name) {
    String small = System.getenv(name);
    String large = System.getenv(name.toUpperCase(Locale.ROOT));
    return small != null ? small : large != null ? large : "";
  }

  /** Empty where the JDK's own are to be trusted. */
  private Optional<TrustManager[]> trust() throws GeneralSecurityException, IOException {
    if (!options.flag("validate_certs", true)) {
      return Optional.of(new TrustManager[] {new Anybody()});
    } else if (!options.has("ca_path")) {
      return Optional.empty();
    }
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    Path file = Path.of(options.text("ca_path", ""));
    try (InputStream in = Files.newInputStream(file)) {
      int number = 0;
      for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
        store.setCertificateEntry("ca" + number++, each);
      }
    }
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return Optional.of(factory.getTrustManagers());
  }

  /** For {@code validate_certs: false}: neither the certificate nor its name is looked at. */
  private static final class Anybody extends X509ExtendedTrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
