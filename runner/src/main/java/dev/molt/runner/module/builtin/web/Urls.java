package dev.molt.runner.module.builtin.web;

import java.net.URI;
import java.util.Locale;

/** Addresses, as far as they must be understood here. */
final class Urls {
  private Urls() {}

  /** The name of the file that an address leads to; {@code index.html} for a directory. */
  static String fileName(String url) {
    String rest = url.replaceFirst("[?#].*$", "").replaceFirst("^[A-Za-z][A-Za-z0-9+.-]*://", "");
    String name = rest.contains("/") ? lastPart(rest) : "";
    return name.isEmpty() || name.equals("..") || name.equals(".") ? "index.html" : name;
  }

  /** What follows the last slash. */
  static String lastPart(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  /** Where a server refers to; empty text where that cannot be understood. */
  static String resolve(String url, String location) {
    if (location.matches("[A-Za-z][A-Za-z0-9+.-]*://.*")) {
      return location;
    }
    try {
      return URI.create(url).resolve(location.replace(" ", "%20")).toString();
    } catch (IllegalArgumentException e) {
      return "";
    }
  }

  /** Such as {@code https}. */
  static String scheme(String url) {
    int colon = url.indexOf("://");
    return colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
  }

  /** Whether both are the same server's, so that what is told one may be told the other. */
  static boolean sameServer(String one, String other) {
    return server(one).equals(server(other));
  }

  private static String server(String url) {
    String server = url.replaceFirst("^([^:]*://)([^/?#]*@)?([^/?#]*).*$", "$1$3");
    return server.toLowerCase(Locale.ROOT);
  }
}
