package dev.molt.dsl.template.lookup;

import dev.molt.dsl.source.Source;
import dev.molt.dsl.source.TextOrigin;
import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.template.TextOptions;
import dev.molt.dsl.template.ops.Encodings;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.dsl.vault.VaultSecrets;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The lookups {@code file}, {@code fileglob}, {@code first_found}, {@code lines}, {@code pipe},
 * {@code template}, {@code ini}, {@code csvfile}, {@code password} and {@code unvault}. What they
 * read may be encrypted. As thread-safe as the search path is.
 */
public final class FileLookups implements Lookups {
  private static final List<Entry> ENTRIES =
      List.of(
          Entry.of("file", "the content of files", "lstrip rstrip"),
          Entry.of("fileglob", "the files of a directory whose names match", ""),
          Entry.of("first_found", "the first of several files that there is", "files paths skip"),
          Entry.of("lines", "the lines that a command prints", ""),
          Entry.of("pipe", "what a command prints", ""),
          Entry.of(
              "template",
              "the text that a template file gives",
              "template_vars convert_data jinja2_native variable_start_string variable_end_string"
                  + " comment_start_string comment_end_string trim_blocks"),
          Entry.of(
              "ini",
              "a value of an INI or properties file",
              "type file section re encoding default case_sensitive allow_no_value allow_none"
                  + " interpolation"),
          Entry.of(
              "csvfile",
              "a column of the row of a table whose first column is this",
              "file delimiter col keycol default encoding"),
          Entry.of(
              "password",
              "a password that is kept in a file, made at random where it is missing",
              "length encrypt chars ident seed"),
          Entry.of("unvault", "the content of files, decrypted", ""));
  private static final Set<String> NAMES =
      ENTRIES.stream().map(Entry::name).collect(Collectors.toUnmodifiableSet());

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
  public Collection<Entry> entries() {
    return ENTRIES;
  }

  @Override
  public Optional<List<Value>> lookup(
      String name, List<Value> terms, Map<String, Value> options, Context context) {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    return ofTask(context).find(name, terms, options, context);
  }

  /** Looks where the task does that asks, where it says so. */
  private FileLookups ofTask(Context context) {
    if (!(context.lookup("ansible_search_path") instanceof ListValue list)
        || list.items().isEmpty()) {
      return this;
    }
    SearchPath here =
        SearchPath.of(list.items().stream().map(item -> Path.of(Python.str(item))).toList());
    return new FileLookups(() -> here, vault);
  }

  private Optional<List<Value>> find(
      String name, List<Value> terms, Map<String, Value> options, Context context) {
    List<Value> out = new ArrayList<>();
    try {
      if (name.equals("first_found")) {
        new FirstFound(path.get(), options).find(terms).ifPresent(out::add);
        return Optional.of(out);
      }
      if (name.equals("csvfile") && terms.isEmpty()) {
        throw new ValueException("Search key is required but was not found");
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
      case "lines" -> run(term).lines().forEach(line -> out.add(new StrValue(line)));
      case "pipe" -> out.add(new StrValue(run(term).stripTrailing()));
      case "template" -> out.add(template(term, options, context));
      case "ini" -> out.addAll(IniFile.find(term, options, this::read));
      case "csvfile" -> out.addAll(CsvTable.find(term, options, this::read));
      default -> out.add(Passwords.find(term, options, path.get(), context));
    }
  }

  private String run(String command) throws IOException {
    return Commands.run(command, path.get().base());
  }

  private Path find(String folder, String name) {
    return path.get()
        .find(folder, name)
        .orElseThrow(
            () ->
                new ValueException(
                    "could not locate file in lookup: " + name + " (No such file or directory)"));
  }

  private Source open(String folder, String name) throws IOException {
    return vault.file(find(folder, name));
  }

  private String read(String name, String encoding) throws IOException {
    Charset charset = Encodings.of(encoding);
    return charset.equals(StandardCharsets.UTF_8)
        ? open("files", name).text()
        : Files.readString(find("files", name), charset);
  }

  private static String strip(String text, Map<String, Value> given) {
    Options options = new Options(given);
    String stripped = options.flag("lstrip", false) ? text.stripLeading() : text;
    return options.flag("rstrip", true) ? stripped.stripTrailing() : stripped;
  }

  private Value template(String name, Map<String, Value> given, Context context)
      throws IOException {
    Path file = find("templates", name);
    Source source = vault.file(file);
    Options options = new Options(given);
    Map<Value, Value> more = new LinkedHashMap<>();
    TemplateFile.variables(name, file).forEach((key, value) -> more.put(new StrValue(key), value));
    if (options.get("template_vars") instanceof MapValue vars) {
      more.putAll(vars.entries());
    }
    TextOptions.Delimiters usual = TextOptions.Delimiters.DEFAULT;
    TextOptions.Delimiters delimiters =
        new TextOptions.Delimiters(
            usual.blockStart(),
            usual.blockEnd(),
            options.text("variable_start_string", usual.variableStart()),
            options.text("variable_end_string", usual.variableEnd()),
            options.text("comment_start_string", usual.commentStart()),
            options.text("comment_end_string", usual.commentEnd()));
    TextOptions layout =
        TextOptions.DEFAULT
            .withTrimBlocks(options.flag("trim_blocks", true))
            .withDelimiters(delimiters)
            .withLoader(TemplateFile.loader(file, path.get(), vault));
    StrValue text =
        new TemplateEngine(context.library())
            .renderFile(source.text(), TextOrigin.of(source), new Layered(context, more), layout);
    return options.flag("convert_data", false) ? data(text, context) : text;
  }

  /** The data that a text holds which begins as a list or dict does. */
  private static Value data(StrValue text, Context context) {
    String start = text.text().stripLeading();
    return start.startsWith("{") || start.startsWith("[")
        ? context.filter("from_yaml", text, List.of(), Map.of())
        : text;
  }
}
