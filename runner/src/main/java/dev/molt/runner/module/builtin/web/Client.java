package dev.molt.runner.module.builtin.web;

import dev.molt.dsl.value.Python;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.builtin.web.Request.Header;
import dev.molt.runner.remote.UnreachableException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Asks, and goes where a server refers to. */
record Client(Settings settings) {
  private static final int MOST_HOPS = 10;
  private static final Set<Integer> REFERS = Set.of(301, 302, 303, 307, 308);

  /** Which references are followed. */
  enum Follow {
    ALL,
    NONE,
    SAFE,
    URLLIB2;

    boolean allows(String method, int status) {
      boolean safe = method.equals("GET") || method.equals("HEAD");
      return switch (this) {
        case ALL -> true;
        case NONE -> false;
        case SAFE -> safe;
        case URLLIB2 -> safe || (method.equals("POST") && status < 307);
      };
    }
  }

  /** The header fields that the options ask for. */
  List<Header> headers() {
    List<Header> headers = new ArrayList<>();
    settings
        .options()
        .headers()
        .ifPresent(
            map -> map.forEach((name, value) -> headers.add(new Header(name, Python.str(value)))));
    if (settings.options().force()) {
      headers.add(new Header("cache-control", "no-cache"));
    }
    return headers;
  }

  /**
   * Asks until an answer refers to no other place, a round trip for each.
   *
   * @throws ModuleException if a server refers from https to http, or in circles
   */
  Response send(Transfer transfer, Request first, Follow follow, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    Request request = first;
    Map<String, String> cookies = new LinkedHashMap<>();
    for (int hop = 0; hop <= MOST_HOPS; hop++) {
      Response response = transfer.send(request, target);
      cookies.putAll(response.cookies());
      String location = response.headers().getOrDefault("location", "");
      if (location.isEmpty()
          || !REFERS.contains(response.status())
          || !follow.allows(request.method(), response.status())) {
        return withCookies(response, cookies);
      }
      request = next(request, response, location, cookies);
    }
    throw new ModuleException(
        "Request failed: " + first.url() + " leads on and on: more than 10 redirections");
  }

  private static Response withCookies(Response response, Map<String, String> cookies) {
    return new Response(
        response.url(),
        response.status(),
        response.reason(),
        response.headers(),
        cookies,
        response.body(),
        response.size(),
        response.digests(),
        response.file());
  }

  private Request next(
      Request request, Response response, String location, Map<String, String> cookies)
      throws ModuleException {
    String url = Urls.resolve(request.url(), location);
    String scheme = Urls.scheme(url);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw new ModuleException(
          "Request failed: " + request.url() + " refers to '" + location + "', which is no page");
    }
    if (Urls.scheme(request.url()).equals("https") && scheme.equals("http")) {
      throw new ModuleException(
          "Request failed: "
              + request.url()
              + " refers to "
              + url
              + ", which is not encrypted; if that is meant, give this address as url");
    }
    boolean same = Urls.sameServer(request.url(), url);
    boolean keepBody = response.status() >= 307;
    String method = method(request.method(), response.status());
    return new Request(
        method,
        url,
        headers(request, same, keepBody || method.equals(request.method()), cookies),
        keepBody ? request.body() : Optional.empty(),
        keepBody ? request.bodyFile() : Optional.empty(),
        request.login() && same);
  }

  private static String method(String method, int status) {
    boolean get =
        (status == 303 && !method.equals("HEAD"))
            || (status == 302 && !method.equals("HEAD"))
            || (status == 301 && method.equals("POST"));
    return get ? "GET" : method;
  }

  private List<Header> headers(
      Request request, boolean same, boolean asBefore, Map<String, String> cookies) {
    Set<String> dropped =
        settings.options().unredirectedHeaders().orElse(List.of()).stream()
            .map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toCollection(TreeSet::new));
    if (!same) {
      dropped.addAll(Set.of("authorization", "cookie"));
    }
    if (!asBefore) {
      dropped.addAll(Set.of("content-type", "content-length"));
    }
    List<Header> kept = new ArrayList<>();
    boolean ownCookie = false;
    for (Header header : request.headers()) {
      if (!dropped.contains(header.name().toLowerCase(Locale.ROOT))) {
        kept.add(header);
        ownCookie |= header.name().equalsIgnoreCase("cookie");
      }
    }
    if (same && !cookies.isEmpty() && !ownCookie) {
      kept.add(new Header("Cookie", cookieLine(cookies)));
    }
    return kept;
  }

  /** As a header field has them. */
  static String cookieLine(Map<String, String> cookies) {
    return cookies.entrySet().stream()
        .map(cookie -> cookie.getKey() + "=" + cookie.getValue())
        .collect(Collectors.joining("; "));
  }
}
