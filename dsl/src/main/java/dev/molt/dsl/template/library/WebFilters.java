package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** URLs. */
final class WebFilters implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.filter("urlencode", Params.NONE, "escaped for a URL; a dict as its query", this);
    to.filter("urldecode", Params.NONE, "without the escapes of a URL", this);
    to.filter("urlsplit", Params.of("query?"), "the parts of a URL", this);
    to.filter(
        "urlize",
        Params.of("trim_url_limit?", "nofollow?", "target?", "rel?"),
        "a text with its URLs as HTML links",
        this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "urlencode" -> new StrValue(encode(call.subject()));
      case "urldecode" -> {
        yield new StrValue(decode(call.text()));
      }
      case "urlsplit" -> split(call);
      case "urlize" ->
          new StrValue(
              StringFilters.escape(call.text())
                  .replaceAll(
                      "(?<![\\w\"=])(https?://[^\\s<>\"]+[^\\s<>\".,;:!?)])",
                      "<a href=\"$1\" rel=\"noopener\">$1</a>"));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static String encode(Value value) {
    if (value instanceof MapValue map) {
      List<String> pairs = new ArrayList<>();
      map.entries().forEach((k, v) -> pairs.add(form(k) + "=" + form(v)));
      return String.join("&", pairs);
    }
    if (value instanceof ListValue list) {
      List<String> pairs = new ArrayList<>();
      for (Value pair : list.items()) {
        List<Value> parts = Iteration.items(pair);
        if (parts.size() != 2) {
          throw new ValueException("a query is made of pairs of name and value");
        }
        pairs.add(form(parts.get(0)) + "=" + form(parts.get(1)));
      }
      return String.join("&", pairs);
    }
    return quote(Python.str(value), "/");
  }

  /** As Python does it: what is no escape stays as it is. */
  private static String decode(String text) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < bytes.length; i++) {
      int high = i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
      int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
      boolean escape = bytes[i] == '%' && low >= 0;
      out.write(escape ? high * 16 + low : bytes[i] == '+' ? ' ' : bytes[i]);
      i += escape ? 2 : 0;
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String form(Value value) {
    return quote(Python.str(value), "").replace("%20", "+");
  }

  private static String quote(String text, String safe) {
    StringBuilder out = new StringBuilder();
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (b & 0xff);
      if (c < 0x80
          && (Character.isLetterOrDigit(c) || "_.-~".indexOf(c) >= 0 || safe.indexOf(c) >= 0)) {
        out.append(c);
      } else {
        out.append('%').append(Character.toUpperCase(Character.forDigit(c >> 4, 16)));
        out.append(Character.toUpperCase(Character.forDigit(c & 15, 16)));
      }
    }
    return out.toString();
  }

  private static Value split(Call call) {
    String rest = call.text();
    MapValue parts = MapValue.empty();
    int hash = rest.indexOf('#');
    String fragment = hash < 0 ? "" : rest.substring(hash + 1);
    rest = hash < 0 ? rest : rest.substring(0, hash);
    int mark = rest.indexOf('?');
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    rest = mark < 0 ? rest : rest.substring(0, mark);
    int colon = rest.indexOf(':');
    boolean hasScheme = colon > 0 && rest.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*");
    String scheme = hasScheme ? rest.substring(0, colon).toLowerCase(Locale.ROOT) : "";
    rest = hasScheme ? rest.substring(colon + 1) : rest;
    String netloc = "";
    if (rest.startsWith("//")) {
      int slash = rest.indexOf('/', 2);
      netloc = rest.substring(2, slash < 0 ? rest.length() : slash);
      rest = slash < 0 ? "" : rest.substring(slash);
    }
    int at = netloc.lastIndexOf('@');
    String user = at < 0 ? null : netloc.substring(0, at);
    String host = netloc.substring(at + 1);
    int port = host.lastIndexOf(':');
    boolean hasPort =
        port > host.lastIndexOf(']') && host.substring(port + 1).matches("[0-9]{1,5}");
    int secret = user == null ? -1 : user.indexOf(':');
    String name = hasPort ? host.substring(0, port) : host;
    parts.put("fragment", new StrValue(fragment));
    parts.put(
        "hostname",
        text(name.isEmpty() ? null : name.replaceAll("[\\[\\]]", "").toLowerCase(Locale.ROOT)));
    parts.put("netloc", new StrValue(netloc));
    parts.put("password", text(secret < 0 ? null : user.substring(secret + 1)));
    parts.put("path", new StrValue(rest));
    parts.put(
        "port", hasPort ? IntValue.of(Integer.parseInt(host.substring(port + 1))) : NullValue.NULL);
    parts.put("query", new StrValue(query));
    parts.put("scheme", new StrValue(scheme));
    parts.put("username", text(secret < 0 ? user : user.substring(0, secret)));
    if (!call.given(0)) {
      return parts;
    }
    Value wanted = parts.get(call.text(0));
    if (wanted == null) {
      throw call.error("unknown URL component: " + call.text(0));
    }
    return wanted;
  }

  private static Value text(String text) {
    return text == null ? NullValue.NULL : new StrValue(text);
  }
}
