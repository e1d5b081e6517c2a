package dev.molt.runner.cli.doc;

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
    given.last("--playbook-dir").map(Path::of).ifPresent(folders::add);
    if (folders.isEmpty()) {
      for (Path folder : List.of(Path.of("."), Path.of("playbooks"))) {
        boolean asked =
            given.others().stream()
                .anyMatch(
                    name ->
                        Stream.of("library", "filters", "tests", "lookups")
                            .map(kind -> folder.resolve(kind).resolve(name + ".groovy"))
                            .anyMatch(Files::isRegularFile));
        if (asked) {
          folders.add(folder);
        }
      }
    }
    Path folder = folders.isEmpty() ? Path.of("/nowhere") : folders.get(0);
    return new DocCatalog(
        PlaybookTools.actions(folder), PlaybookTools.library(folder, VaultSecrets.none()));
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
