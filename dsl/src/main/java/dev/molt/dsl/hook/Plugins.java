package dev.molt.dsl.hook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * Filters, tests and lookups in Groovy beside a playbook or in a role: the files of the folders
 * {@code filters}, {@code tests} and {@code lookups} there, each named as what it is. A file is
 * read when its name is used first. Thread-safe.
 */
public final class Plugins implements Lookups {
  private static final Params ANY = Params.of("*", "**");

  private final Map<String, Path> lookups;
  private final Map<Path, PluginFile> loaded = new ConcurrentHashMap<>();

  private Plugins(Map<String, Path> lookups) {
    this.lookups = lookups;
  }

  /**
   * Where a playbook's plugins are: in its own folder, and in the roles that it can find, whether
   * it uses them or not. (In Ansible those of a role are there for all that comes after it.)
   *
   * @param rolesPath where roles are besides {@code roles/}
   */
  public static List<Path> folders(Path playbooks, List<Path> rolesPath) {
    List<Path> folders = new ArrayList<>(List.of(playbooks));
    List<Path> places = new ArrayList<>(List.of(playbooks.resolve("roles")));
    places.addAll(rolesPath);
    for (Path place : places) {
      if (Files.isDirectory(place)) {
        try (Stream<Path> list = Files.list(place)) {
          list.filter(Files::isDirectory).sorted().forEach(folders::add);
        } catch (IOException e) {
          throw Diagnostic.error("cannot read " + place + ": " + e.getMessage()).asException();
        }
      }
    }
    return folders;
  }

  /** Adds those of these folders to a library; of two with the same name, that of the first. */
  public static void declare(List<Path> folders, Library.Builder library) {
    Map<String, Path> lookups = files(folders, "lookups");
    Plugins plugins = new Plugins(lookups);
    files(folders, "filters")
        .forEach(
            (name, file) ->
                library.filter(
                    name,
                    ANY,
                    "from " + file,
                    (Library.Implementation) call -> plugins.call(file, "filter", call)));
    files(folders, "tests")
        .forEach(
            (name, file) ->
                library.test(
                    name,
                    ANY,
                    "from " + file,
                    (Library.Implementation)
                        call -> BoolValue.of(Truth.of(plugins.call(file, "test", call)))));
    if (!lookups.isEmpty()) {
      library.lookups(plugins);
    }
  }

  /**
   * The Groovy files of a kind by their names, without the ending; those of the first folder hold.
   */
  public static Map<String, Path> files(List<Path> folders, String kind) {
    Map<String, Path> files = new TreeMap<>();
    folders.forEach(folder -> files(folder.resolve(kind)).forEach(files::putIfAbsent));
    return files;
  }

  private static Map<String, Path> files(Path folder) {
    Map<String, Path> files = new TreeMap<>();
    if (!Files.isDirectory(folder)) {
      return files;
    }
    try (Stream<Path> list = Files.list(folder)) {
      list.filter(ScriptSource::is)
          .forEach(f -> files.put(f.getFileName().toString().replaceFirst("\\.groovy$", ""), f));
    } catch (IOException e) {
      throw Diagnostic.error("cannot read " + folder + ": " + e.getMessage()).asException();
    }
    return files;
  }

  private PluginFile file(Path file, String kind) {
    return loaded.computeIfAbsent(file, f -> PluginFile.load(f, kind));
  }

  private Value call(Path file, String kind, Call call) {
    List<Object> arguments = new ArrayList<>();
    arguments.add(Plain.of(call.subject()));
    call.rest().forEach(value -> arguments.add(Plain.of(value)));
    if (!call.keywords().isEmpty()) {
      Map<String, Object> named = new LinkedHashMap<>();
      call.keywords().forEach((name, value) -> named.put(name, Plain.of(value)));
      arguments.add(named);
    }
    return file(file, kind).call(arguments.toArray());
  }

  @Override
  public Optional<List<Value>> lookup(
      String name, List<Value> terms, Map<String, Value> options, Context context) {
    Path file = lookups.get(name);
    if (file == null) {
      return Optional.empty();
    }
    List<Object> plain = new ArrayList<>();
    terms.forEach(term -> plain.add(Plain.of(term)));
    Map<String, Object> named = new LinkedHashMap<>();
    options.forEach((option, value) -> named.put(option, Plain.of(value)));
    Value value = file(file, "lookup").call(plain, named);
    return Optional.of(value instanceof ListValue list ? list.items() : List.of(value));
  }

  @Override
  public Collection<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    lookups.forEach((name, file) -> entries.add(Entry.of(name, "from " + file, "*")));
    return entries;
  }
}
