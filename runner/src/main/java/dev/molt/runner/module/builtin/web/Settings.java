package dev.molt.runner.module.builtin.web;

import dev.molt.runner.module.ModuleException;
import java.util.Optional;

/**
 * How a program is told what to ask: in its own settings, which nobody else sees, instead of
 * arguments.
 *
 * @param timeout how long a server may be silent, in seconds
 * @param unixSocket a socket to speak through
 * @param caPath certificates to trust
 */
record Settings(
    WebOptions options, int timeout, Optional<String> unixSocket, Optional<String> caPath) {

  /** Whether GNU wget cannot do it. */
  boolean needCurl() {
    return unixSocket.isPresent() || options.useGssapi();
  }

  /** For curl: lines of names and quoted values. */
  String curl(Request request) throws ModuleException {
    StringBuilder text = new StringBuilder("silent\nshow-error\ngloboff\npath-as-is\nhttp1.1\n");
    curl(text, "url", request.url());
    curl(text, "user-agent", options.httpAgent());
    if (request.method().equals("HEAD")) {
      text.append("head\n");
    } else if (!request.method().equals(request.hasBody() ? "POST" : "GET")) {
      curl(text, "request", request.method());
    }
    for (Request.Header header : request.headers()) {
      // Without a value curl would drop the field, unless a semicolon says otherwise.
      String value = header.value().isEmpty() ? ";" : ": " + header.value();
      curl(text, "header", header.name() + value);
    }
    curl(text, "header", "Expect:");
    text.append("connect-timeout = ").append(timeout).append('\n');
    text.append("speed-limit = 1\nspeed-time = ").append(timeout).append('\n');
    if (request.login() && options.useGssapi()) {
      text.append("negotiate\n");
      curl(text, "user", options.urlUsername().orElse("") + ":" + password());
    } else if (request.login() && options.urlUsername().isPresent()) {
      text.append(options.forceBasicAuth() ? "basic\n" : "anyauth\n");
      curl(text, "user", options.urlUsername().get() + ":" + password());
    } else if (options.useNetrc()) {
      text.append("netrc-optional\n");
    }
    text.append(options.validateCerts() ? "" : "insecure\n");
    text.append(options.useProxy() ? "" : "noproxy = \"*\"\n");
    curl(text, "cert", options.clientCert());
    curl(text, "key", options.clientKey());
    curl(text, "cacert", caPath);
    curl(text, "unix-socket", unixSocket);
    curl(text, "ciphers", options.ciphers().map(c -> String.join(":", c)));
    return text.toString();
  }

  private String password() {
    return options.urlPassword().orElse("");
  }

  private static void curl(StringBuilder text, String name, Optional<String> value)
      throws ModuleException {
    if (value.isPresent()) {
      curl(text, name, value.get());
    }
  }

  private static void curl(StringBuilder text, String name, String value) throws ModuleException {
    String quoted = oneLine(name, value).replace("\\", "\\\\").replace("\"", "\\\"");
    text.append(name).append(" = \"").append(quoted).append("\"\n");
  }

  /** For GNU wget: a wgetrc. */
  String wget(Request request) throws ModuleException {
    StringBuilder text = new StringBuilder("verbose = off\nserver_response = on\n");
    text.append("max_redirect = 0\ncontent_on_error = on\ntries = 1\nno_parent = off\n");
    wget(text, "user_agent", options.httpAgent());
    wget(text, "method", request.method());
    for (Request.Header header : request.headers()) {
      wget(text, "header", header.name() + ": " + header.value());
    }
    text.append("timeout = ").append(timeout).append('\n');
    if (request.login() && options.urlUsername().isPresent()) {
      wget(text, "user", options.urlUsername().get());
      wget(text, "password", password());
      text.append(options.forceBasicAuth() ? "auth_no_challenge = on\n" : "");
    }
    text.append(options.useNetrc() ? "" : "netrc = off\n");
    text.append(options.useProxy() ? "" : "use_proxy = off\n");
    text.append(options.validateCerts() ? "" : "check_certificate = off\n");
    wget(text, "certificate", options.clientCert());
    wget(text, "private_key", options.clientKey());
    wget(text, "ca_certificate", caPath);
    wget(text, "ciphers", options.ciphers().map(c -> String.join(":", c)));
    return text.toString();
  }

  private static void wget(StringBuilder text, String name, Optional<String> value)
      throws ModuleException {
    if (value.isPresent()) {
      wget(text, name, value.get());
    }
  }

  private static void wget(StringBuilder text, String name, String value) throws ModuleException {
    text.append(name).append(" = ").append(oneLine(name, value)).append('\n');
  }

  /** Another line would be another setting, or another header field. */
  private static String oneLine(String name, String value) throws ModuleException {
    if (value.chars().anyMatch(c -> c == '\n' || c == '\r' || c == 0)) {
      throw new ModuleException(name + " holds a line break or a NUL");
    }
    return value;
  }
}
