package dev.molt.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.playbook.PlaybookLoader;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.source.Source;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.YamlReader;
import dev.molt.runner.event.Secrets;
import dev.molt.runner.module.FileMode;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How what a task says becomes a module's options. */
class OptionTest {
  /** A choice. */
  public enum Choice {
    PRESENT,
    NOT_THERE,
    YES,
    NO
  }

  /** An option of each type. */
  public record Options(
      @Option("A text.") Optional<String> text,
      @Option(value = "A text that must be.", required = true, aliases = "dest") String path,
      @Option(value = "A switch.", defaultValue = "true") boolean flag,
      @Option(value = "A number.", defaultValue = "3") int number,
      @Option("A large number.") long large,
      @Option("A broken number.") double decimal,
      @Option("Texts.") List<String> list,
      @Option("A mapping.") Map<String, Value> map,
      @Option("A mode.") Optional<FileMode> mode,
      @Option(value = "A choice.", defaultValue = "present") Choice state,
      @Option("Anything.") Value any) {}

  /** Options that several modules share. */
  public record Shared(
      @Option("Who.") Optional<String> owner,
      @Option(value = "Where.", required = true, missing = "where is it?") String place) {}

  /** A module's own options around them. */
  public record WithShared(
      @Option("A text.") Optional<String> text,
      Shared shared,
      @Option(value = "A number.", defaultValue = "3") int number) {}

  private static final Spec<Options> SPEC =
      Spec.of("thing", "A thing", Options.class).withFreeForm("text");

  @TempDir Path folder;
  private final Templar templar =
      new Templar(new TemplateEngine(Library.builder().builtins().build()));
  private final OptionBinder binder = new OptionBinder(templar, new Secrets());

  private Task task(String text) throws IOException {
    Path file = folder.resolve("play.yml");
    Files.writeString(
        file, "- hosts: all\n  tasks:\n    - thing" + text.replace("; ", "\n      ") + "\n");
    return (Task)
        new PlaybookLoader(Set.of("thing"), n -> n).load(file).plays().get(0).tasks().get(0);
  }

  private Options bind(String text) throws IOException {
    MappingNode vars =
        (MappingNode)
            YamlReader.read(
                    Source.inline("vars", "{n: 5, s: words, l: [1, 2], f: 1.10, half: '1.10'}"))
                .orElseThrow();
    return binder.bind(
        SPEC,
        task(text),
        new Variables(
            templar,
            List.of(
                Layer.ofNodes("vars", vars),
                Layer.ofValues("magic", Map.of("omit", OmitValue.OMIT)))),
        java.util.Map.of());
  }

  private static String line(Diagnostic d) {
    return d.position().map(p -> p.line() + ":" + p.column() + "+" + p.length() + " ").orElse("")
        + d.message()
        + d.hint().map(h -> " = " + h).orElse("");
  }

  @Test
  void optionsThatModulesShareStandAmongTheirOwn() throws IOException {
    Spec<WithShared> spec = Spec.of("thing", "A thing", WithShared.class);
    assertThat(spec.options())
        .extracting(Spec.OptionSpec::name)
        .containsExactly("text", "owner", "place", "number");
    Variables none = new Variables(templar, List.of());
    assertThat(
            binder.bind(
                spec, task(": {text: t, place: here, number: 4}"), none, java.util.Map.of()))
        .isEqualTo(new WithShared(Optional.of("t"), new Shared(Optional.empty(), "here"), 4));
    Task wrong = task(": {text: t}");
    assertThatThrownBy(() -> binder.bind(spec, wrong, none, java.util.Map.of()))
        .hasMessageContaining("where is it?");
  }

  @Test
  void whatIsNotGivenHasItsDefault() throws IOException {
    assertThat(bind(": {path: /x}"))
        .isEqualTo(
            new Options(
                Optional.empty(),
                "/x",
                true,
                3,
                0,
                0,
                List.of(),
                Map.of(),
                Optional.empty(),
                Choice.PRESENT,
                null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "text: hello ~ text=Optional[hello]",
        "text: 5 ~ text=Optional[5]",
        "text: true ~ text=Optional[True]",
        "text: '' ~ text=Optional[]",
        "text: null ~ text=Optional.empty",
        "text: '{{ n }}' ~ text=Optional[5]",
        "text: '{{ omit }}' ~ text=Optional.empty",
        "text: '1.10' ~ text=Optional[1.10]",
        "text: '{{ half }}' ~ text=Optional[1.10]",
        "flag: no ~ flag=false",
        "flag: 'off' ~ flag=false",
        "flag: 0 ~ flag=false",
        "flag: '{{ n == 6 }}' ~ flag=false",
        "flag: '{{ omit }}' ~ flag=true",
        "number: 7 ~ number=7",
        "number: '8' ~ number=8",
        "number: '{{ n }}' ~ number=5",
        "large: 5000000000 ~ large=5000000000",
        "decimal: 1.5 ~ decimal=1.5",
        "decimal: 2 ~ decimal=2.0",
        "list: [a, 1] ~ list=[a, 1]",
        "list: a,b ~ list=[a, b]",
        "list: 5 ~ list=[5]",
        "list: '{{ l }}' ~ list=[1, 2]",
        "map: {k: 1} ~ map={k=1}",
        "mode: '0644' ~ mode=Optional[FileMode",
        "mode: 0644 ~ mode=Optional[FileMode",
        "mode: u=rw,g=r ~ mode=Optional[FileMode",
        "state: not_there ~ state=NOT_THERE",
        "state: yes ~ state=YES",
        "state: off ~ state=NO",
        "state: Present ~ state=PRESENT",
        "any: [1] ~ any=",
      })
  void everyTypeTakesWhatAnsibleTakes(String option, String found) throws IOException {
    assertThat(bind(":;   path: /x;   " + option.replace(": ", ": ")).toString()).contains(found);
  }

  @Test
  void aModeIsOctalWithALeadingZeroQuotedOrNot() throws IOException {
    assertThat(bind(": {path: x, mode: 0644}").mode())
        .isEqualTo(bind(": {path: x, mode: '0644'}").mode());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "text: [1] ~ 5:15+1 the option 'text' takes a text, found [1]",
        "text: 1.10 ~ 5:15+4 without quotes 1.10 is a number, and becomes 1.1 = put it in quotes:"
            + " \"1.10\"",
        "flag: maybe ~ 5:15+5 the option 'flag' takes true or false, found 'maybe'",
        "number: many ~ 5:17+4 the option 'number' takes a whole number, found 'many'",
        "number: 1.5 ~ 5:17+3 the option 'number' takes a whole number, found 1.5",
        "number: true ~ 5:17+4 the option 'number' takes a number, found True",
        "decimal: x ~ 5:18+1 the option 'decimal' takes a number, found 'x'",
        "map: text ~ 5:14+4 the option 'map' takes a mapping, found 'text'",
        "list: [a, [b]] ~ 5:19+1 the option 'list' takes a text, found ['b']",
        "mode: 644 ~ 5:15+3 the mode 644 is a decimal number here, not the octal one you mean ="
            + " write it in quotes with a leading zero: '0644'",
        "state: presnt ~ 5:16+6 'presnt' is not a value of the option 'state' = did you mean"
            + " 'present'?",
        "state: xyz ~ 5:16+3 'xyz' is not a value of the option 'state' = it is one of: present,"
            + " not_there, yes, no",
        "nubmer: 1 ~ 5:9+6 thing has no option 'nubmer' = did you mean 'number'?",
      })
  void wrongValuesAreFoundWithoutAHostAndAgainWithOne(String option, String problem)
      throws IOException {
    String text = ":;   path: /x;   " + option;
    Diagnostics problems = new Diagnostics();
    binder.check(SPEC, task(text), false, problems);
    assertThat(problems.all()).extracting(OptionTest::line).containsExactly(problem);
    try {
      throw new AssertionError("bound: " + bind(text));
    } catch (DiagnosticException e) {
      assertThat(e.diagnostics()).extracting(OptionTest::line).containsExactly(problem);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        ":;   number: '{{ s }}';   path: x ~ 4:18+7 the option 'number' takes a whole number, found"
            + " 'words'",
        ":;   path: '{{ nope }}' ~ 4:19+4 'nope' is undefined",
        ":;   path: '{{ omit }}' ~ 3:7+5 missing required arguments: path",
        ":;   text: x ~ 3:7+5 missing required arguments: path",
        ": [1]; args: {path: x} ~ 3:14+1 the option 'text' takes a text, found [1]",
      })
  void wrongWithAHost(String text, String problem) throws IOException {
    try {
      throw new AssertionError("bound: " + bind(text));
    } catch (DiagnosticException e) {
      assertThat(e.diagnostics()).extracting(OptionTest::line).first().isEqualTo(problem);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        ": {dest: /d} ~ path=/d,",
        ": ls -l path=/p ~ text=Optional[ls -l], path=/p",
        ": ls  --color=auto path=/p 'a  b' ~ text=Optional[ls  --color=auto 'a  b'], path=/p",
        ": path=\"/a b\" number=4 ~ path=/a b, flag=true, number=4",
        ": path={{ n + 1 }} x ~ text=Optional[x], path=6",
        ": ls; args: {path: /from args} ~ text=Optional[ls], path=/from args",
        ": path=/own; args: {path: /args, number: 9} ~ path=/own, flag=true, number=9",
        ": {path: /own}; args: {number: 9} ~ path=/own, flag=true, number=9",
        ":; args: {path: /args} ~ path=/args",
      })
  void formsOfOptions(String text, String found) throws IOException {
    assertThat(bind(text).toString()).contains(found);
  }
}
