package dev.molt.runner.module.builtin.web;

import dev.molt.runner.remote.Content;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a server is asked.
 *
 * @param method in upper case
 * @param body what is sent along
 * @param bodyFile the same, where it is a file on the host
 * @param login whether the user's name and password may be sent
 */
record Request(
    String method,
    String url,
    List<Header> headers,
    Optional<Content> body,
    Optional<String> bodyFile,
    boolean login) {

  /** A header field. */
  record Header(String name, String value) {}

  /** Without a body. */
  static Request get(String url, List<Header> headers) {
    return new Request("GET", url, headers, Optional.empty(), Optional.empty(), true);
  }

  boolean hasBody() {
    return body.isPresent() || bodyFile.isPresent();
  }

  /** The same, with another header field. */
  Request with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Request(method, url, more, body, bodyFile, login);
  }
}
