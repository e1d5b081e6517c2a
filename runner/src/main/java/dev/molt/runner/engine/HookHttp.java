package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookException;
import dev.molt.dsl.hook.Plain;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ValueException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Calls an HTTP address for a hook, from this machine. */
final class HookHttp {
  private static final Set<String> OPTIONS = Set.of("method", "body", "headers", "timeout");

  /** Seconds. */
  private static final int DEFAULT = 30;

  private HookHttp() {}

  static Map<String, Object> call(Map<String, Object> options, String address, boolean check) {
    for (String option : options.keySet()) {
      if (!OPTIONS.contains(option)) {
        throw HookException.fail(
            "http has no option '" + option + "': it has method, body, headers and timeout");
      }
    }
    String method =
        String.valueOf(options.getOrDefault("method", options.containsKey("body") ? "POST" : "GET"))
            .toUpperCase(Locale.ROOT);
    if (check && !List.of("GET", "HEAD").contains(method)) {
      Map<String, Object> left = new LinkedHashMap<>();
      left.put("skipped", true);
      left.put("status", 0);
      left.put("body", "");
      return left;
    }
    try {
      Duration longest = timeout(options);
      CompletableFuture<HttpResponse<String>> response =
          HttpClient.newBuilder()
              .followRedirects(HttpClient.Redirect.NORMAL)
              .build()
              .sendAsync(request(options, address, method), BodyHandlers.ofString());
      try {
        // The timeout of the request itself ends with the headers of the answer.
        return answer(response.get(longest.toMillis(), TimeUnit.MILLISECONDS));
      } finally {
        response.cancel(true);
      }
    } catch (TimeoutException e) {
      throw HookException.fail(
          method
              + " "
              + address
              + ": no answer within "
              + options.getOrDefault("timeout", DEFAULT)
              + " s");
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      String why =
          cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      throw HookException.fail(method + " " + address + ": " + why);
    } catch (IllegalArgumentException e) {
      throw HookException.fail(address + " cannot be called: " + e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HookException.fail("interrupted while waiting for " + address);
    }
  }

  private static Duration timeout(Map<String, Object> options) {
    String seconds = options.getOrDefault("timeout", DEFAULT).toString();
    try {
      return Duration.ofMillis((long) (Double.parseDouble(seconds) * 1000));
    } catch (NumberFormatException e) {
      throw HookException.fail("timeout takes seconds, found '" + seconds + "'");
    }
  }

  private static HttpRequest request(Map<String, Object> options, String address, String method) {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address));
    Object body = options.get("body");
    if (options.get("headers") instanceof Map<?, ?> headers) {
      headers.forEach((name, value) -> request.header(name.toString(), String.valueOf(value)));
    }
    if (body == null) {
      return request.method(method, BodyPublishers.noBody()).build();
    }
    boolean text = body instanceof CharSequence;
    if (!text) {
      request.setHeader("Content-Type", "application/json");
    }
    String sent = text ? body.toString() : Json.write(Plain.value(body));
    return request.method(method, BodyPublishers.ofString(sent)).build();
  }

  private static Map<String, Object> answer(HttpResponse<String> response) {
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("status", response.statusCode());
    answer.put("ok", response.statusCode() < 400);
    answer.put("body", response.body());
    Map<String, Object> headers = new LinkedHashMap<>();
    response.headers().map().forEach((name, values) -> headers.put(name, values.get(0)));
    answer.put("headers", headers);
    String type = String.valueOf(headers.getOrDefault("content-type", ""));
    if (type.contains("json")) {
      try {
        answer.put("json", Plain.of(Json.parse(response.body())));
      } catch (ValueException e) {
        // It says that it is, and is not.
        answer.put("json", null);
      }
    }
    return answer;
  }
}
