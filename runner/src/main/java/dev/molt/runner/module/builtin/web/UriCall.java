package dev.molt.runner.module.builtin.web;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.builtin.web.Client.Follow;
import dev.molt.runner.module.builtin.web.Request.Header;
import dev.molt.runner.module.files.Destination;
import dev.molt.runner.module.files.FileInstall;
import dev.molt.runner.module.files.FileQuery;
import dev.molt.runner.module.files.HostFile;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** One call of a web service. */
final class UriCall {
  /** Longer bodies are no texts that anybody registers. */
  private static final int BODY_LIMIT = 16 << 20;

  private final UriModule.Options options;
  private final Target target;
  private final Client client;

  UriCall(UriModule.Options options, Target target) {
    this.options = options;
    this.target = target;
    this.client =
        new Client(
            new Settings(options.web(), options.timeout(), options.unixSocket(), options.caPath()));
  }

  /** Which references are followed, by any of their names. */
  static Follow follow(String text) throws ModuleException {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "all", "yes", "true" -> Follow.ALL;
      case "none", "no", "false" -> Follow.NONE;
      case "safe" -> Follow.SAFE;
      case "urllib2" -> Follow.URLLIB2;
      default ->
          throw new ModuleException(
              "value of follow_redirects must be one of: all, none, safe, urllib2, got: " + text);
    };
  }

  /**
   * Asks, and says what came of it.
   *
   * @throws ModuleException if the answer is none of the good ones
   */
  MapValue make() throws ModuleException, UnreachableException, InterruptedException {
    Optional<Destination> dest = Optional.empty();
    Request request = request();
    if (options.dest().isPresent()) {
      dest = Optional.of(Destination.on(target, options.dest().get()));
      request = conditional(request, dest.get());
    }
    Transfer transfer =
        new Transfer(
            client.settings(),
            BODY_LIMIT,
            dest.isPresent(),
            dest.isPresent() ? Optional.of("") : Optional.empty());
    long start = System.nanoTime();
    Response response = client.send(transfer, request, follow(options.followRedirects()), target);
    MapValue result = result(response);
    result.put("elapsed", Value.of((System.nanoTime() - start) / 1_000_000_000));
    boolean good = options.statusCode().contains(response.status());
    if (dest.isPresent() && good && response.file().isPresent()) {
      install(response, dest.get(), result);
    } else {
      Download.drop(response, target);
      dest.ifPresent(d -> result.put("path", Value.of(d.path())));
    }
    if (!good) {
      String codes =
          options.statusCode().stream().map(String::valueOf).collect(Collectors.joining(", "));
      throw new ModuleException(
          "Status code was "
              + response.status()
              + " and not ["
              + codes
              + "]: "
              + response.message(),
          result);
    }
    return result;
  }

  private Request request() throws ModuleException {
    List<Header> headers = new ArrayList<>(client.headers());
    Optional<Content> content = Optional.empty();
    Optional<String> hostFile = Optional.empty();
    if (options.body().isPresent()) {
      UriModule.Format format = options.bodyFormat();
      Body body = Body.of(options.body().get(), format, target);
      content = Optional.of(Content.of(body.bytes()));
      boolean own = format != UriModule.Format.FORM_MULTIPART && has(headers, "content-type");
      if (body.type().isPresent() && !own) {
        headers.removeIf(header -> header.name().equalsIgnoreCase("content-type"));
        headers.add(new Header("Content-Type", body.type().get()));
      }
    } else if (options.src().isPresent() && options.remoteSrc()) {
      hostFile = options.src();
    } else if (options.src().isPresent()) {
      content = Optional.of(local(options.src().get()));
    }
    return new Request(
        options.method().toUpperCase(Locale.ROOT),
        options.web().url(),
        headers,
        content,
        hostFile,
        true);
  }

  private static boolean has(List<Header> headers, String name) {
    return headers.stream().anyMatch(header -> header.name().equalsIgnoreCase(name));
  }

  private Content local(String src) throws ModuleException {
    Path file = target.find("files", src);
    try {
      return Content.of(file);
    } catch (IOException e) {
      throw new ModuleException("Unable to open source file " + file + ": " + e.getMessage(), e);
    }
  }

  /** What is there already need not be sent again. */
  private Request conditional(Request request, Destination dest)
      throws ModuleException, UnreachableException, InterruptedException {
    if (options.web().force()) {
      return request;
    }
    HostFile now = new FileQuery().named(dest.path()).ask(target).behind(dest.path());
    return now.isFile() ? request.with("If-Modified-Since", GetUrlModule.modified(now)) : request;
  }

  private void install(Response response, Destination dest, MapValue result)
      throws ModuleException, UnreachableException, InterruptedException {
    FileInstall.Manner manner =
        new FileInstall.Manner(
            false,
            true,
            Optional.empty(),
            false,
            false,
            Optional.empty(),
            options.common().unsafeWrites());
    Download download = new Download(dest, options.common().attributes(target), manner);
    MapValue file = download.install(response, response.name(), target).result();
    result.put("path", file.get("dest"));
    for (String key : List.of("owner", "group", "mode", "size", "state", "uid", "gid")) {
      Optional.ofNullable(file.get(key)).ifPresent(value -> result.put(key, value));
    }
    result.put("changed", BoolValue.TRUE);
  }

  private MapValue result(Response response) {
    MapValue result = MapValue.empty();
    response
        .headers()
        .forEach((name, value) -> result.put(name.replace('-', '_'), Value.of(value)));
    Optional.ofNullable(response.headers().get("location"))
        .ifPresent(
            location -> result.put("location", Value.of(Urls.resolve(response.url(), location))));
    result.put("changed", BoolValue.FALSE);
    result.put("url", Value.of(response.url()));
    result.put("redirected", BoolValue.of(!response.url().equals(options.web().url())));
    result.put("status", Value.of(response.status()));
    result.put("msg", Value.of(response.message()));
    Map<String, String> cookies = response.cookies();
    MapValue jar = MapValue.empty();
    cookies.forEach((name, value) -> jar.put(name, Value.of(value)));
    result.put("cookies", jar);
    result.put("cookies_string", Value.of(Client.cookieLine(cookies)));
    if (options.returnContent()) {
      result.put("content", Value.of(response.text()));
    }
    String subtype = response.type().replaceFirst("^.*[/+]", "");
    if (subtype.equals("json") || subtype.equals("javascript")) {
      try {
        result.put("json", Json.parse(response.text()));
      } catch (ValueException e) {
        // The server calls it JSON, and it is none.
      }
    }
    return result;
  }
}
