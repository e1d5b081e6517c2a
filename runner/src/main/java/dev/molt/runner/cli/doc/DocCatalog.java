package dev.molt.runner.cli.doc;

import dev.molt.dsl.settings.Catalog;
import dev.molt.dsl.settings.Setting;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.StrValue;
import dev.molt.runner.cli.doc.DocEntry.Kind;
import dev.molt.runner.engine.PlaybookRunner;
import dev.molt.runner.module.Module;
import dev.molt.runner.module.Registry;
import dev.molt.runner.module.Spec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All that can be documented, of one kind at a time. Immutable. */
final class DocCatalog {
  private final Registry registry;
  private final Library library;

  DocCatalog(Registry registry, Library library) {
    this.registry = registry;
    this.library = library;
  }

  /** Sorted by name. */
  List<DocEntry> of(Kind kind) {
    return switch (kind) {
      case MODULE -> modules();
      case FILTER -> library(Library.Kind.FILTER, kind);
      case TEST -> library(Library.Kind.TEST, kind);
      case FUNCTION -> library(Library.Kind.FUNCTION, kind);
      case LOOKUP -> lookups();
      case KEYWORD -> DocTable.keywords();
      case SETTING -> settings();
    };
  }

  /** By any of its names, with or without a collection; {@code with_X} is the lookup X. */
  Optional<DocEntry> find(Kind kind, String name) {
    String plain = Registry.plainName(name);
    if (kind == Kind.LOOKUP && plain.startsWith("with_")) {
      return find(kind, plain.substring("with_".length()));
    }
    if (kind == Kind.MODULE) {
      return registry
          .find(plain)
          .map(module -> module(plain, module))
          .or(() -> Optional.ofNullable(actions().get(plain)));
    }
    return of(kind).stream().filter(e -> e.names().contains(plain)).findFirst();
  }

  private List<DocEntry> modules() {
    Map<String, DocEntry> modules = actions();
    for (String name : registry.names()) {
      try {
        modules.put(name, module(name, registry.find(name).orElseThrow()));
      } catch (DiagnosticException e) {
        modules.put(name, broken(name, e.diagnostics().get(0)));
      }
    }
    return List.copyOf(modules.values());
  }

  private Map<String, DocEntry> actions() {
    Map<String, DocEntry> actions = new TreeMap<>();
    for (DocEntry action : DocTable.actions()) {
      if (PlaybookRunner.actions(registry).contains(action.name())) {
        actions.put(action.name(), action);
      }
    }
    return actions;
  }

  /** A module whose file cannot be read; it may have any option. */
  private static DocEntry broken(String name, Diagnostic why) {
    String place = why.position().map(p -> " (" + p + ")").orElse("");
    return new DocEntry(
        Kind.MODULE,
        List.of(name),
        "cannot be read: " + why.message() + place,
        Optional.empty(),
        List.of(new DocOption(DocOption.REST, List.of(), DocType.ANY, false, Optional.empty(), "")),
        Optional.empty(),
        Optional.empty(),
        List.of());
  }

  private static DocEntry module(String name, Module<?> module) {
    Spec<?> spec = module.spec();
    return new DocEntry(
        Kind.MODULE,
        List.of(name),
        spec.summary(),
        Optional.empty(),
        spec.options().stream().map(DocCatalog::option).toList(),
        spec.freeForm(),
        Optional.empty(),
        List.of());
  }

  private static DocOption option(Spec.OptionSpec option) {
    return new DocOption(
        option.rest() ? DocOption.REST : option.name(),
        option.aliases(),
        DocType.of(option),
        option.required(),
        option.defaultValue().map(d -> d instanceof StrValue s ? s.text() : Json.write(d)),
        option.doc());
  }

  private List<DocEntry> library(Library.Kind of, Kind kind) {
    return library.entries(of).stream()
        .map(
            e ->
                new DocEntry(
                    kind,
                    e.names(),
                    e.summary(),
                    Optional.of(e.params().toString()),
                    List.of(),
                    Optional.empty(),
                    Optional.empty(),
                    List.of()))
        .toList();
  }

  private List<DocEntry> lookups() {
    return DocTable.lookups().stream()
        .filter(e -> library.lookups().names().contains(e.name()))
        .toList();
  }

  private static List<DocEntry> settings() {
    Map<String, DocEntry> settings = new TreeMap<>();
    for (Setting<?> setting : Catalog.all()) {
      List<String> places = new ArrayList<>(setting.variables());
      for (String key : setting.keys()) {
        int dot = key.indexOf('.');
        places.add("[" + key.substring(0, dot) + "] " + key.substring(dot + 1));
      }
      settings.put(
          setting.name(),
          new DocEntry(
              Kind.SETTING,
              List.of(setting.name()),
              setting.summary(),
              Optional.of(setting.fallback()),
              List.of(),
              Optional.empty(),
              Optional.of(type(setting.type().name())),
              places));
    }
    return List.copyOf(settings.values());
  }

  private static DocType type(String name) {
    if (name.startsWith("one of ")) {
      String words = name.substring("one of ".length()).replace(", ", ",");
      return DocType.of("choice(" + words + ")");
    }
    return switch (name) {
      case "path" -> DocType.of("str");
      case "pathspec", "pathlist" -> DocType.of("list");
      default -> DocType.of(name);
    };
  }
}
