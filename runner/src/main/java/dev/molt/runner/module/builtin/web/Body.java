package dev.molt.runner.module.builtin.web;

import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URLConnection;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What a request sends along.
 *
 * @param type what it is, for the header; empty where that is not known
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere
record Body(byte[] bytes, Optional<String> type) {
  /** The body that a value makes; texts are taken as they are. */
  static Body of(Value value, UriModule.Format format, Target target) throws ModuleException {
    return switch (format) {
      case RAW -> text(plain(value), Optional.empty());
      case JSON ->
          text(
              value instanceof StrValue text ? text.text() : json(value),
              Optional.of("application/json"));
      case FORM_URLENCODED ->
          text(
              value instanceof StrValue text ? text.text() : form(value),
              Optional.of("application/x-www-form-urlencoded"));
      case FORM_MULTIPART -> multipart(value, target);
    };
  }

  private static Body text(String text, Optional<String> type) {
    return new Body(text.getBytes(StandardCharsets.UTF_8), type);
  }

  private static String plain(Value value) throws ModuleException {
    return value instanceof MapValue || value instanceof ListValue
        ? json(value)
        : Python.str(value);
  }

  private static String json(Value value) throws ModuleException {
    try {
      return Json.write(value);
    } catch (ValueException e) {
      throw new ModuleException("body cannot be written as JSON: " + e.getMessage());
    }
  }

  private static String form(Value value) throws ModuleException {
    List<String> pairs = new ArrayList<>();
    if (value instanceof MapValue map) {
      map.entries().forEach((key, values) -> pairs(pairs, key, values));
    } else if (value instanceof ListValue list) {
      for (Value item : list.items()) {
        if (!(item instanceof ListValue pair) || pair.items().size() != 2) {
          throw new ModuleException(
              "failed to parse body as form_urlencoded: a list holds lists of a name and a value");
        }
        pairs(pairs, pair.items().get(0), pair.items().get(1));
      }
    } else {
      return Python.str(value);
    }
    return String.join("&", pairs);
  }

  private static void pairs(List<String> pairs, Value key, Value values) {
    List<Value> all = values instanceof ListValue list ? list.items() : List.of(values);
    for (Value each : all) {
      if (each != NullValue.NULL) {
        pairs.add(encoded(key) + "=" + encoded(each));
      }
    }
  }

  private static String encoded(Value value) {
    return URLEncoder.encode(Python.str(value), StandardCharsets.UTF_8)
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  private static Body multipart(Value value, Target target) throws ModuleException {
    if (!(value instanceof MapValue map)) {
      throw new ModuleException(
          "failed to parse body as form-multipart: it takes a mapping of fields");
    }
    String boundary = UUID.randomUUID().toString();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (Map.Entry<Value, Value> field : map.entries().entrySet()) {
      out.writeBytes(bytes("--" + boundary + "\r\n"));
      part(out, Python.str(field.getKey()), field.getValue(), target);
      out.writeBytes(bytes("\r\n"));
    }
    out.writeBytes(bytes("--" + boundary + "--\r\n"));
    return new Body(out.toByteArray(), Optional.of("multipart/form-data; boundary=" + boundary));
  }

  private static void part(ByteArrayOutputStream out, String name, Value value, Target target)
      throws ModuleException {
    String disposition = "Content-Disposition: form-data; name=\"" + quoted(name) + "\"";
    if (!(value instanceof MapValue part)) {
      out.writeBytes(bytes(disposition + "\r\n\r\n" + Python.str(value)));
      return;
    }
    Optional<String> file = Optional.ofNullable(part.get("filename")).map(Python::str);
    Value content = part.get("content");
    if (file.isEmpty() && content == null) {
      throw new ModuleException(
          "failed to parse body as form-multipart: the field '"
              + name
              + "' has neither content nor filename");
    }
    String type =
        Optional.ofNullable(part.get("mime_type"))
            .map(Python::str)
            .or(() -> file.map(URLConnection::guessContentTypeFromName))
            .orElse(file.isPresent() ? "application/octet-stream" : "text/plain");
    String fileName = file.map(f -> "; filename=\"" + quoted(Urls.lastPart(f)) + "\"").orElse("");
    out.writeBytes(bytes(disposition + fileName + "\r\nContent-Type: " + type + "\r\n\r\n"));
    if (content != null) {
      out.writeBytes(bytes(Python.str(content)));
      return;
    }
    Path path = target.find("files", file.orElseThrow());
    try {
      out.writeBytes(Files.readAllBytes(path));
    } catch (IOException e) {
      throw new ModuleException("cannot read " + path + " on the controller: " + e.getMessage(), e);
    }
  }

  private static String quoted(String text) {
    return text.replace("\\", "\\\\").replace("\"", "%22").replaceAll("[\\r\\n]", " ");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
