package dev.molt.runner.cli.doc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.playbook.KeywordSet;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.vault.VaultSecrets;
import dev.molt.runner.cli.PlaybookTools;
import dev.molt.runner.cli.doc.DocEntry.Kind;
import dev.molt.runner.engine.PlaybookRunner;
import dev.molt.runner.module.Registry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DocTest {
  @TempDir Path folder;
  private final Registry registry = PlaybookTools.actions();
  private final Library library = PlaybookTools.library(List.of(Path.of("")), VaultSecrets.none());
  private final DocCatalog catalog = new DocCatalog(registry, library);

  private static String doc(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int status =
        new DocCommand(new PrintStream(out, true, StandardCharsets.UTF_8)).execute(List.of(words));
    assertThat(status).isZero();
    return out.toString(StandardCharsets.UTF_8);
  }

  private Set<String> names(Kind kind) {
    Set<String> names = new TreeSet<>();
    catalog.of(kind).forEach(e -> names.addAll(e.names()));
    return names;
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void everythingSaysWhatItIs(Kind kind) {
    assertThat(catalog.of(kind)).isNotEmpty();
    for (DocEntry entry : catalog.of(kind)) {
      assertThat(entry.summary()).as(entry.name()).isNotBlank().doesNotEndWith(".");
      assertThat(entry.summary().lines().count()).as(entry.name()).isOne();
      for (DocOption option : entry.options()) {
        assertThat(option.doc()).as(entry.name() + "." + option.name()).isNotBlank();
      }
    }
  }

  @Test
  void nothingIsLeftOut() {
    assertThat(names(Kind.MODULE)).isEqualTo(PlaybookRunner.actions(registry));
    assertThat(names(Kind.FILTER)).isEqualTo(library.names(Library.Kind.FILTER));
    assertThat(names(Kind.TEST)).isEqualTo(library.names(Library.Kind.TEST));
    assertThat(names(Kind.FUNCTION)).isEqualTo(library.names(Library.Kind.FUNCTION));
    assertThat(names(Kind.LOOKUP)).isEqualTo(new TreeSet<>(library.lookups().names()));
  }

  @Test
  void keywordsStandWhereTheLoaderTakesThem() {
    Map<String, KeywordSet.Place> places =
        Map.of(
            "P", KeywordSet.Place.PLAY,
            "R", KeywordSet.Place.ROLE,
            "B", KeywordSet.Place.BLOCK,
            "T", KeywordSet.Place.TASK);
    places.forEach(
        (letter, place) -> {
          Set<String> documented = new TreeSet<>();
          for (DocEntry entry : DocTable.keywords()) {
            // It takes the place of a play.
            if (entry.places().contains(letter) && !entry.name().equals("import_playbook")) {
              documented.add(entry.name());
            }
          }
          assertThat(documented).as(place.what()).isEqualTo(new TreeSet<>(place.known()));
        });
  }

  @Test
  void tablesAreSorted() {
    for (List<DocEntry> table :
        List.of(DocTable.keywords(), DocTable.actions(), DocTable.lookups())) {
      assertThat(table.stream().map(DocEntry::name).toList()).isSorted().doesNotHaveDuplicates();
    }
  }

  @Test
  void aModule() {
    assertThat(doc("ansible.builtin.stat"))
        .startsWith("module stat\n")
        .contains("\n  path (str; required; also called dest, name)\n      ")
        .contains("checksum_algorithm (one of md5, sha1, sha224, sha256, sha384, sha512;");
    assertThat(doc("command")).contains("a bare text is its option ");
    assertThat(doc("set_fact")).contains("any other name (dict)");
  }

  @Test
  void otherThings() {
    assertThat(doc("-t", "filter", "default"))
        .isEqualTo(
            """
            filter default([default_value], [boolean])
              another value where this one is undefined, or with a second argument of true, empty
              also called d
            """);
    assertThat(doc("serial")).startsWith("keyword serial\n").contains("stands in: play\n");
    assertThat(doc("forks"))
        .startsWith("setting forks\n")
        .contains("default: 32")
        .contains("set by: ANSIBLE_FORKS, [defaults] forks");
    assertThat(doc("-t", "lookup", "env")).contains("default (str)");
    assertThat(doc("with_fileglob")).startsWith("lookup fileglob\n");
    assertThat(doc("copy", "file")).contains("module copy\n").contains("\n\nmodule file\n");
  }

  @Test
  void lists() {
    assertThat(doc().lines()).anyMatch(l -> l.matches("copy +Puts files on the host"));
    assertThat(doc("-l")).isEqualTo(doc());
    assertThat(doc("-l", "-t", "keyword").lines()).anyMatch(l -> l.startsWith("when "));
  }

  @Test
  void aModuleThatIsBrokenStandsInNobodysWay() throws IOException {
    Path library = Files.createDirectories(folder.resolve("library"));
    Files.writeString(
        library.resolve("bad.groovy"), "summary 'x'\noption 'a', tpye: List\nplan { }\n");
    Files.writeString(
        library.resolve("good.groovy"),
        "summary 'Good'\noption 'a', type: List, default: ['b, c'], doc: 'A.'\nplan { }\n");
    String[] where = {"--playbook-dir", folder.toString()};
    assertThat(doc(where[0], where[1], "good"))
        .isEqualTo(
            """
            module good
              Good

              a (list of str; default ["b, c"])
                  A.
            """);
    assertThat(doc(where).lines())
        .anyMatch(l -> l.matches("good +Good"))
        .anyMatch(
            l -> l.matches("bad +cannot be read: the option 'a' cannot have 'tpye' .*:2:1.*"));
    assertThat(Json.parse(doc(where[0], where[1], "-j"))).isInstanceOf(MapValue.class);
    assertThat(doc(where[0], where[1], "--schema")).contains("cannot be read: ");
    assertThatThrownBy(() -> doc(where[0], where[1], "bad"))
        .isInstanceOf(DiagnosticException.class)
        .hasMessageContaining("cannot have 'tpye'");
    assertThatThrownBy(() -> doc(where[0], where[1], "goood"))
        .isInstanceOfSatisfying(
            DiagnosticException.class,
            e -> assertThat(e.diagnostics().get(0).hint()).contains("did you mean 'good'?"));
  }

  @Test
  void json() {
    MapValue all = (MapValue) Json.parse(doc("--json", "copy"));
    MapValue copy = (MapValue) ((MapValue) all.get("module")).get("copy");
    MapValue dest = (MapValue) ((MapValue) copy.get("options")).get("dest");
    assertThat(Python.str(dest.get("required"))).isEqualTo("True");
    assertThat(Python.str(dest.get("type"))).isEqualTo("str");
    for (Kind kind : Kind.values()) {
      MapValue listed = (MapValue) Json.parse(doc("-j", "-t", kind.word()));
      assertThat(((MapValue) listed.get(kind.word())).entries()).hasSize(catalog.of(kind).size());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "cpoy ~ there is no module, filter, test, lookup or keyword 'cpoy' ~ did you mean 'copy'?",
        "-t filter copyy ~ there is no filter 'copyy' ~ molt doc -l -t filter lists them",
        "-t modul copy ~ there is no type 'modul' ~ did you mean 'module'?",
        "--lits ~ molt doc has no option '--lits' ~ did you mean '--list'?",
      })
  void mistakes(String line, String message, String hint) {
    assertThatThrownBy(() -> doc(line.split(" ")))
        .isInstanceOfSatisfying(
            DiagnosticException.class,
            e -> {
              assertThat(e.diagnostics().get(0).message()).isEqualTo(message);
              assertThat(e.diagnostics().get(0).hint()).contains(hint);
            });
  }
}
