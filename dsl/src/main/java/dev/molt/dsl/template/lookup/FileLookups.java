package dev.molt.dsl.template.lookup;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.TextOptions;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.dsl.vault.VaultSecrets;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The lookups {@code file}, {@code fileglob}, {@code first_found}, {@code lines}, {@code pipe},
 * {@code template}, {@code ini}, {@code csvfile}, {@code password} and {@code unvault}. What they
 * read may be encrypted. As thread-safe as the search path is.
 */
public final class FileLookups implements Lookups {
  private static final List<String> NAMES =
      List.of(
          "file",
          "fileglob",
          "first_found",
          "lines",
          "pipe",
          "template",
          "ini",
          "csvfile",
          "password",
          "unvault");

  private final Supplier<SearchPath> path;
  private final VaultSecrets vault;

  /** As below, without vault passwords. */
  public FileLookups(Supplier<SearchPath> path) {
    this(path, VaultSecrets.none());
  }

  /**
   * Lookups in a search path.
   *
   * @param path asked at every lookup, since it depends on the task
   * @param vault opens encrypted files
   */
  public FileLookups(Supplier<SearchPath> path, VaultSecrets vault) {
    this.path = path;
    this.vault = vault;
  }

  @Override
  public Collection<String> names() {
    return NAMES;
  }

  @Override
  public Optional<List<Value>> lookup(
      String name, List<Value> terms, Map<String, Value> options, Context context) {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    List<Value> out = new ArrayList<>();
    try {
      if (name.equals("first_found")) {
        new FirstFound(path.get()).find(terms, options).ifPresent(out::add);
        return Optional.of(out);
      }
      for (Value term : terms) {
        one(name, Python.str(term), options, context, out);
      }
    } catch (IOException e) {
      throw new ValueException("the lookup " + name + " failed: " + e.getMessage());
    } catch (InvalidPathException e) {
      throw new ValueException("'" + e.getInput() + "' is not a path");
    }
    return Optional.of(out);
  }

  private void one(
      String name, String term, Map<String, Value> options, Context context, List<Value> out)
      throws IOException {
    switch (name) {
      case "file" -> {
        Source source = open("files", term);
        out.add(Secrets.text(strip(source.text(), options), source.isConfidential()));
      }
      case "unvault" -> {
        Source source = open("files", term);
        out.add(Secrets.text(source.text(), source.isConfidential()));
      }
      case "fileglob" -> Globs.find(path.get(), term).forEach(p -> out.add(new StrValue(p)));
      case "lines" -> Commands.run(term).lines().forEach(line -> out.add(new StrValue(line)));
      case "pipe" -> out.add(new StrValue(Commands.run(term).stripTrailing()));
      case "template" -> out.add(new StrValue(template(term, options, context)));
      case "ini" -> out.addAll(IniFile.find(term, options, file -> read("files", file)));
      case "csvfile" -> out.add(CsvTable.find(term, options, file -> read("files", file)));
      default -> out.add(Passwords.find(term, path.get().base()));
    }
  }

  private Path find(String folder, String name) {
    return path.get()
        .find(folder, name)
        .orElseThrow(() -> new ValueException("there is no file '" + name + "'"));
  }

  private Source open(String folder, String name) throws IOException {
    return vault.file(find(folder, name));
  }

  private String read(String folder, String name) throws IOException {
    return open(folder, name).text();
  }

  private static String strip(String text, Map<String, Value> options) {
    boolean start = options.containsKey("lstrip") && Truth.of(options.get("lstrip"));
    boolean end = !options.containsKey("rstrip") || Truth.of(options.get("rstrip"));
    String stripped = start ? text.stripLeading() : text;
    return end ? stripped.stripTrailing() : stripped;
  }

  private String template(String name, Map<String, Value> options, Context context)
      throws IOException {
    Source source = open("templates", name);
    Map<Value, Value> more =
        options.get("template_vars") instanceof MapValue vars ? vars.entries() : Map.of();
    return new TemplateEngine(context.library())
        .renderText(
            source.text(), TextOrigin.of(source), new Layered(context, more), TextOptions.DEFAULT);
  }

  /** A list option, or one value as a list of one. */
  static List<Value> list(Value value) {
    return value == null ? List.of() : value instanceof ListValue l ? l.items() : List.of(value);
  }
}
