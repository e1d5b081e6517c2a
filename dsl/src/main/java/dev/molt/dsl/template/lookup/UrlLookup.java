package dev.molt.dsl.template.lookup;

import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The lookup {@code url} (Ansible's page "ansible.builtin.url lookup"): what web addresses give,
 * asked from this machine. Thread-safe.
 */
public final class UrlLookup implements Lookups {
  private static final Entry ENTRY =
      Entry.of(
          "url",
          "the content of web addresses",
          "split_lines validate_certs use_proxy username password headers force timeout http_agent"
              + " force_basic_auth follow_redirects ca_path");

  @Override
  public Collection<Entry> entries() {
    return List.of(ENTRY);
  }

  @Override
  public Optional<List<Value>> lookup(
      String name, List<Value> terms, Map<String, Value> options, Context context) {
    if (!name.equals(ENTRY.name())) {
      return Optional.empty();
    }
    Options given = new Options(options);
    List<Value> out = new ArrayList<>();
    for (Value term : terms) {
      String text = get(Python.str(term), given);
      if (given.flag("split_lines", true)) {
        out.addAll(ListValue.ofStrings(text.lines().toList()).items());
      } else {
        out.add(new StrValue(text));
      }
    }
    return Optional.of(out);
  }

  private static String get(String address, Options options) {
    try {
      HttpResponse<byte[]> response = WebRequest.send(URI.create(address), options);
      if (response.statusCode() >= 300) {
        throw new ValueException(
            "Received HTTP error for " + address + " : HTTP Error " + response.statusCode());
      }
      return new String(response.body(), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw new ValueException("Failed lookup url for " + address + " : " + e.getMessage());
    } catch (javax.net.ssl.SSLException e) {
      throw new ValueException(
          "Error validating the server's certificate for " + address + ": " + e.getMessage());
    } catch (IOException e) {
      String why = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
      throw new ValueException("Failed lookup url for " + address + " : " + why);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ValueException("interrupted while waiting for " + address);
    }
  }
}
