package dev.molt.runner.cli.doc;

import dev.molt.dsl.hook.Plugins;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.runner.cli.GivenWords;
import dev.molt.runner.cli.OptionSet;
import dev.molt.runner.cli.PlaybookTools;
import dev.molt.runner.cli.doc.DocEntry.Kind;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** {@code molt doc}: prints the documentation of modules, filters, keywords and the like. */
public final class DocCommand {
  private static final String HELP =
      """
      usage: molt doc [-t TYPE] [-l] [-j] [NAME...]
             molt doc --schema

      Without -t a name is looked for among modules first, then everywhere.

        -t, --type TYPE   module, filter, test, function, lookup, keyword or setting
        -l, --list        list them, one line each
        -j, --json        for programs
            --playbook-dir DIR
                          modules, filters, tests and lookups in Groovy of this folder, too
            --schema      print a JSON schema of playbooks, for editors; that of files of tasks
                          is #/$defs/tasks in it
      """;

  private final PrintStream out;
  private DocCatalog catalog;

  public DocCommand(PrintStream out) {
    this.out = out;
  }

  /**
   * What is told of: the folder's own modules and filters too, where one is given, or where a name
   * is asked for that only such a folder has. Reading them loads Groovy.
   */
  private static DocCatalog catalog(GivenWords given) {
    List<Path> folders = new ArrayList<>();
    Optional<Path> said = given.last("--playbook-dir").map(Path::of);
    for (Path playbooks : said.map(List::of).orElse(List.of(Path.of("."), Path.of("playbooks")))) {
      Plugins.folders(playbooks, List.of()).stream()
          .filter(
              folder -> said.isPresent() || given.others().stream().anyMatch(n -> has(folder, n)))
          .forEach(folders::add);
    }
    if (folders.isEmpty()) {
      folders.add(Path.of("/nowhere"));
    }
    return new DocCatalog(
        PlaybookTools.actions(folders), PlaybookTools.library(folders, VaultSecrets.none()));
  }

  /** Without a word on where, those that are asked for are looked for in the usual places. */
  private static boolean has(Path folder, String name) {
    return Stream.of("library", "filters", "tests", "lookups")
        .anyMatch(kind -> Files.isRegularFile(folder.resolve(kind).resolve(name + ".groovy")));
  }

  /**
   * Prints what the words ask for; gives the exit status.
   *
   * @throws DiagnosticException for wrong words, and for names of nothing
   */
  public int execute(List<String> words) {
    GivenWords given =
        new OptionSet("molt doc")
            .flag("--help", "-h")
            .value("--type", "-t")
            .flag("--list", "-l")
            .flag("--json", "-j")
            .flag("--schema")
            .value("--playbook-dir")
            .parse(words);
    catalog = catalog(given);
    if (given.has("--help")) {
      out.print(HELP);
      return 0;
    }
    if (given.has("--schema")) {
      out.println(Json.write(new PlaybookSchema(catalog).make(), DocJson.LAID_OUT));
      return 0;
    }
    Optional<Kind> kind = given.last("--type").map(DocCommand::kind);
    Map<Kind, List<DocEntry>> found = new EnumMap<>(Kind.class);
    if (given.others().isEmpty()) {
      Kind listed = kind.orElse(Kind.MODULE);
      found.put(listed, catalog.of(listed));
    }
    for (String name : given.others()) {
      DocEntry entry = find(kind, name);
      found.computeIfAbsent(entry.kind(), k -> new ArrayList<>()).add(entry);
    }
    if (given.has("--json")) {
      out.println(DocJson.of(found));
    } else if (given.has("--list") || given.others().isEmpty()) {
      found.values().forEach(entries -> out.print(DocText.list(entries)));
    } else {
      List<DocEntry> entries = found.values().stream().flatMap(List::stream).toList();
      out.print(String.join("\n", entries.stream().map(DocText::entry).toList()));
    }
    return 0;
  }

  private static Kind kind(String word) {
    List<String> words = Arrays.stream(Kind.values()).map(Kind::word).toList();
    if (!words.contains(word)) {
      throw Diagnostic.error("there is no type '" + word + "'")
          .withHint(
              Suggestions.hint(word, words).orElse("it is one of " + String.join(", ", words)))
          .asException();
    }
    return Kind.valueOf(word.toUpperCase(Locale.ROOT));
  }

  private DocEntry find(Optional<Kind> only, String name) {
    List<Kind> kinds = only.map(List::of).orElseGet(() -> Arrays.asList(Kind.values()));
    Set<String> names = new TreeSet<>();
    for (Kind kind : kinds) {
      Optional<DocEntry> entry = catalog.find(kind, name);
      if (entry.isPresent()) {
        return entry.get();
      }
      catalog.of(kind).forEach(e -> names.addAll(e.names()));
    }
    String what = only.map(Kind::word).orElse("module, filter, test, lookup or keyword");
    throw Diagnostic.error("there is no " + what + " '" + name + "'")
        .withHint(
            Suggestions.hint(name, names)
                .orElse(
                    "molt doc -l" + only.map(k -> " -t " + k.word()).orElse("") + " lists them"))
        .asException();
  }
}
