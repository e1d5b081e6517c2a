package dev.molt.dsl.template.lookup;

import dev.molt.dsl.template.ops.Splitting;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first of several files that there is. */
final class FirstFound {
  private final SearchPath path;
  private final List<String> candidates = new ArrayList<>();
  private boolean skip;

  FirstFound(SearchPath path) {
    this.path = path;
  }

  Optional<Value> find(List<Value> terms, Map<String, Value> options) {
    MapValue given = MapValue.ofStrings(options);
    add(given, terms);
    if (options.containsKey("files")) {
      add(given);
    }
    for (String candidate : candidates) {
      Optional<Path> found = locate(candidate);
      if (found.isPresent()) {
        return Optional.of(new StrValue(found.get().toString()));
      }
    }
    if (skip) {
      return Optional.empty();
    }
    throw new ValueException("none of these files was found: " + String.join(", ", candidates));
  }

  private Optional<Path> locate(String name) {
    for (String folder : List.of("files", "templates", "vars", "tasks")) {
      Optional<Path> found = path.find(folder, name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private void add(MapValue options, List<Value> terms) {
    for (Value term : terms) {
      if (term instanceof ListValue list) {
        add(options, list.items());
      } else if (term instanceof MapValue map) {
        add(map);
      } else {
        MapValue one = MapValue.empty().put("files", term);
        for (String name : List.of("paths", "skip")) {
          if (options.has(name)) {
            one.put(name, options.get(name));
          }
        }
        add(one);
      }
    }
  }

  private void add(MapValue options) {
    List<String> paths = split(options.get("paths"), "[:,;]");
    for (String file : split(options.get("files"), "[,;]")) {
      for (String directory : paths.isEmpty() ? List.of("") : paths) {
        candidates.add(directory.isEmpty() ? file : directory + "/" + file);
      }
    }
    skip |= options.has("skip") && Truth.of(options.get("skip"));
  }

  private static List<String> split(Value value, String separators) {
    List<String> parts = new ArrayList<>();
    for (Value item : FileLookups.list(value)) {
      String text = Python.str(item).replaceAll(separators, "\n");
      Splitting.split(text, "\n", -1, false).stream()
          .map(String::strip)
          .filter(part -> !part.isEmpty())
          .forEach(parts::add);
    }
    return parts;
  }
}
