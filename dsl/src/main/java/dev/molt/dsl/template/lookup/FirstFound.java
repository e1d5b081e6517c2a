package dev.molt.dsl.template.lookup;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The first of several files that there is. */
final class FirstFound {
  private static final List<String> FOLDERS = List.of("files", "templates", "vars", "tasks");

  private final SearchPath path;
  private final Map<String, Value> options;
  private final List<String> candidates = new ArrayList<>();
  private boolean skip;

  FirstFound(SearchPath path, Map<String, Value> options) {
    this.path = path;
    this.options = options;
    this.skip = new Options(options).flag("skip", false);
  }

  Optional<Value> find(List<Value> terms) {
    if (terms.isEmpty()) {
      add(MapValue.empty());
    }
    addAll(terms);
    for (String candidate : candidates) {
      Optional<Path> found = locate(candidate);
      if (found.isPresent()) {
        return Optional.of(new StrValue(found.get().toString()));
      }
    }
    if (skip) {
      return Optional.empty();
    }
    throw new ValueException(
        "No file was found when using first_found.",
        candidates.isEmpty() ? null : "none of these is there: " + String.join(", ", candidates));
  }

  private Optional<Path> locate(String name) {
    for (String folder : FOLDERS) {
      Optional<Path> found = path.find(folder, name);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private void addAll(List<Value> terms) {
    for (Value term : terms) {
      if (term instanceof ListValue list) {
        addAll(list.items());
      } else if (term instanceof MapValue map) {
        add(map);
      } else if (term instanceof StrValue) {
        add(MapValue.empty().put("files", ListValue.of(term)));
      } else if (!(term instanceof UndefinedValue)) {
        throw new ValueException(
            "Invalid term supplied, can handle string, mapping or list of strings but got: "
                + Python.typeName(term));
      }
    }
  }

  private void add(MapValue term) {
    Map<String, Value> all = new LinkedHashMap<>(options);
    term.entries().forEach((name, value) -> all.put(Python.str(name), value));
    Options given = new Options(all);
    List<String> paths = split(given.list("paths"), "[:,;]");
    for (String file : split(given.list("files"), "[,;]")) {
      if (paths.isEmpty()) {
        candidates.add(file);
      }
      for (String directory : paths) {
        boolean whole = file.startsWith("/") || directory.isEmpty();
        candidates.add(whole ? file : directory.replaceAll("/+$", "") + "/" + file);
      }
    }
    skip = given.flag("skip", false);
  }

  private static List<String> split(List<Value> texts, String separators) {
    List<String> parts = new ArrayList<>();
    for (Value item : texts) {
      // What is made of an undefined variable names no file, and others may be there.
      if (!(item instanceof UndefinedValue)) {
        parts.addAll(List.of(Python.str(item).split(separators, -1)));
      }
    }
    return parts;
  }
}
