package dev.molt.runner.module.builtin.web;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server has answered.
 *
 * @param url what was asked in the end
 * @param status such as 200; -1 where there was no answer
 * @param reason the server's word for it, or why there was none
 * @param headers by name in lower case; several of a name are joined with a comma
 * @param cookies the values that the server set, by name
 * @param body its first bytes, where they were asked for
 * @param size of the whole body, in bytes
 * @param digests of the body by algorithm, in hex, where they were asked for
 * @param file where the host keeps the body, where it was to
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; a copy of a large body costs
record Response(
    String url,
    int status,
    String reason,
    Map<String, String> headers,
    Map<String, String> cookies,
    byte[] body,
    long size,
    Map<String, String> digests,
    Optional<String> file) {

  private static final Pattern STATUS = Pattern.compile("HTTP/\\S+ (\\d{3}) ?(.*)");
  private static final Pattern CHARSET =
      Pattern.compile("charset=\"?([A-Za-z0-9_.:-]+)", Pattern.CASE_INSENSITIVE);
  private static final Pattern FILENAME =
      Pattern.compile("filename=(?:\"([^\"]*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);

  /** The headers of the last answer among all that came, such as those of a proxy. */
  record Head(int status, String reason, Map<String, String> headers, List<String> cookies) {
    static Head parse(String text) {
      int status = 0;
      String reason = "";
      Map<String, String> headers = new LinkedHashMap<>();
      List<String> cookies = new ArrayList<>();
      for (String line : text.lines().toList()) {
        Matcher first = STATUS.matcher(line.strip());
        int colon = line.indexOf(':');
        if (first.matches()) {
          status = Integer.parseInt(first.group(1));
          reason = first.group(2).strip();
          headers.clear();
        } else if (colon > 0) {
          String name = line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
          String value = line.substring(colon + 1).strip();
          headers.merge(name, value, (a, b) -> a + ", " + b);
          if (name.equals("set-cookie")) {
            cookies.add(value);
          }
        }
      }
      return new Head(status, reason, headers, cookies);
    }
  }

  /** Whether the server gave what was asked for; what is not HTTP has no status to say so. */
  boolean ok() {
    return status == 200;
  }

  /** As results say it. */
  String message() {
    if (status == -1) {
      return reason;
    }
    return status < 300
        ? "OK (" + headers.getOrDefault("content-length", "unknown") + " bytes)"
        : "HTTP Error " + status + ": " + reason;
  }

  /** The kind of the body, such as {@code application/json}, in lower case. */
  String type() {
    return headers
        .getOrDefault("content-type", "application/octet-stream")
        .split(";", 2)[0]
        .strip()
        .toLowerCase(Locale.ROOT);
  }

  /** The body as text. */
  String text() {
    Matcher named = CHARSET.matcher(headers.getOrDefault("content-type", ""));
    Charset charset = StandardCharsets.UTF_8;
    try {
      charset = named.find() ? Charset.forName(named.group(1)) : charset;
    } catch (IllegalArgumentException e) {
      // A name that nobody knows says nothing.
    }
    return new String(body, charset);
  }

  /** What the body is called as a file: by the server, else by its address. */
  String name() {
    Matcher given = FILENAME.matcher(headers.getOrDefault("content-disposition", ""));
    String name = "";
    if (given.find()) {
      name = Urls.lastPart(given.group(1) != null ? given.group(1) : given.group(2));
    }
    return name.isEmpty() || name.equals("..") || name.equals(".") ? Urls.fileName(url) : name;
  }
}
