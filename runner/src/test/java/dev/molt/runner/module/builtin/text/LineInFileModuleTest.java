package dev.molt.runner.module.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit.Runs;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LineInFileModuleTest {
  private static final String THREE = "one|two|three|";

  @TempDir Path host;
  private final LineInFileModule line = new LineInFileModule();
  private TextKit text;

  @BeforeEach
  void open() {
    text = new TextKit(host);
  }

  @AfterEach
  void close() {
    text.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        THREE + "~ line=new ~ one|two|three|new| ~ line added",
        "one|two ~ line=new ~ one|two|new| ~ line added",
        THREE + "~ line=new; insertafter=EOF ~ one|two|three|new| ~ line added",
        THREE + "~ line=new; insertbefore=BOF ~ new|one|two|three| ~ line added",
        THREE + "~ line=new; insertafter=BOF ~ new|one|two|three| ~ line added",
        THREE + "~ line=new; insertafter=^t ~ one|two|three|new| ~ line added",
        THREE + "~ line=new; insertafter=^t; firstmatch=yes ~ one|two|new|three| ~ line added",
        THREE + "~ line=new; insertbefore=^t ~ one|two|new|three| ~ line added",
        THREE + "~ line=new; insertbefore=^t; firstmatch=yes ~ one|new|two|three| ~ line added",
        THREE + "~ line=new; insertbefore=nowhere ~ one|two|three|new| ~ line added",
        THREE + "~ line=new; insertafter=nowhere ~ one|two|three|new| ~ line added",
        THREE + "~ line=tea; regexp=^t ~ one|two|tea| ~ line replaced",
        THREE + "~ line=tea; regexp=^t; firstmatch=yes ~ one|tea|three| ~ line replaced",
        THREE + "~ line=tea; regexp=^tea; insertafter=one ~ one|tea|two|three| ~ line added",
        THREE + "~ line=one.; search_string=ne ~ one.|two|three| ~ line replaced",
        "a=1|b=2|~ line=\\g<key>=\\2x; regexp=^(?P<key>b)=(.*); backrefs=yes ~ a=1|b=2x| ~ line"
            + " replaced",
        "port 1¤|x¤|~ line=port 2; regexp=^port ~ port 2|x¤| ~ line replaced",
        "one|new¤|~ line=new ~ one|new| ~ line replaced",
        THREE + "~ state=absent; line=two ~ one|three| ~ 1 line(s) removed",
        THREE + "~ state=absent; regexp=o ~ three| ~ 2 line(s) removed",
        THREE + "~ state=absent; search_string=t ~ one| ~ 2 line(s) removed",
      })
  void editsAsAnsibleDoes(String before, String options, String after, String message)
      throws Exception {
    text.holding(before);
    boolean again = !options.contains("backrefs");
    LineInFileModule.Options given = text.options(line, options);
    Value said =
        again
            ? text.changes(line, given).applied().result().get("msg")
            : text.once(line, given).result().get("msg");
    assertThat(text.held()).isEqualTo(after);
    assertThat(said).isEqualTo(Value.of(message));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "line=two",
        "line=two; insertafter=one",
        "line=two; insertbefore=BOF",
        "line=nothing; regexp=^(no)such$; backrefs=yes",
        "state=absent; line=tw",
        "line=three; regexp=^th",
      })
  void leavesAloneWhatIsRight(String options) throws Exception {
    text.holding(THREE);
    Runs runs = text.kit().unchanged(line, text.options(line, options));
    assertThat(runs.applied().result().get("msg")).isEqualTo(Value.of(""));
  }

  @Test
  void bytesThatAreNoTextComeThrough() throws Exception {
    byte[] bytes = {'a', (byte) 0xFF, 0, '\n', 'k', '=', '1', '\n', (byte) 0xE4};
    Files.write(text.file(), bytes);
    text.changes(line, text.options(line, "regexp", "^k=", "line", "k=é"));
    byte[] after = Files.readAllBytes(text.file());
    assertThat(after).containsExactly('a', 0xFF, 0, '\n', 'k', '=', 0xC3, 0xA9, '\n', 0xE4);
  }

  @Test
  void aFileIsMadeWithAllAboveItAndItsAttributes() throws Exception {
    Path file = host.resolve("new/sub/file");
    LineInFileModule.Options options =
        OptionsKit.of(line, "dest", file, "line", "x", "create", true, "mode", "0600");
    Runs runs = text.changes(line, options);
    assertThat(file).hasContent("x\n");
    assertThat(Files.getAttribute(file, "unix:mode")).isEqualTo(0100600);
    assertThat(Files.getAttribute(file.getParent(), "unix:mode")).isEqualTo(040755);
    assertThat(runs.applied().result().get("msg"))
        .isEqualTo(Value.of("line added and ownership, perms or SE linux context changed"));
  }

  @Test
  void attributesAloneAreAChange() throws Exception {
    text.holding(THREE);
    Runs runs = text.changes(line, text.options(line, "line=one; mode=0600"));
    assertThat(runs.applied().result().get("msg"))
        .isEqualTo(Value.of("ownership, perms or SE linux context changed"));
    assertThat(text.held()).isEqualTo(THREE);
  }

  @Test
  void showsTextsAndAttributesInItsDiff() throws Exception {
    text.holding("one|");
    Runs runs = text.changes(line, text.options(line, "line=two; mode=0600"));
    assertThat(runs.check().diffs())
        .extracting(FieldDiff::field, FieldDiff::before, FieldDiff::after)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("content", "one\n", "one\ntwo\n"),
            org.assertj.core.groups.Tuple.tuple("mode", "0644", "0600"));
    List<Value> diff = ((ListValue) runs.applied().result().get("diff")).items();
    assertThat(((MapValue) diff.get(0)).get("after")).isEqualTo(Value.of("one\ntwo\n"));
    assertThat(((MapValue) diff.get(0)).get("after_header"))
        .isEqualTo(Value.of(text.file() + " (content)"));
    assertThat(((MapValue) diff.get(1)).get("before").toString()).contains("0644");
  }

  @Test
  void aLinkStaysAndABackupIsKept() throws Exception {
    text.holding("one|");
    Path link = Files.createSymbolicLink(host.resolve("link"), Path.of("file"));
    LineInFileModule.Options options =
        OptionsKit.of(line, "path", link, "line", "two", "backup", true);
    Runs runs = text.changes(line, options);
    assertThat(link).isSymbolicLink();
    assertThat(text.held()).isEqualTo("one|two|");
    String backup = ((StrValue) runs.applied().result().get("backup")).text();
    assertThat(Path.of(backup)).hasContent("one\n");
  }

  @Test
  void whatDoesNotValidateIsNotPutInPlace() throws Exception {
    text.holding("one|");
    LineInFileModule.Options bad = text.options(line, "line", "two", "validate", "grep -q no %s");
    assertThatThrownBy(() -> text.once(line, bad))
        .isInstanceOf(ModuleException.class)
        .hasMessageContaining("failed to validate: rc:1");
    assertThat(text.held()).isEqualTo("one|");
    // No shell sees the command: what it would do with this stays undone.
    String command = "grep two %s ';' touch " + host.resolve("x");
    assertThatThrownBy(
            () -> text.once(line, text.options(line, "line", "two", "validate", command)))
        .isInstanceOf(ModuleException.class);
    assertThat(host.toFile().list()).containsExactly("file");
    text.changes(line, text.options(line, "line", "two", "validate", "grep -q 'two' %s"));
  }

  @Test
  void oneTaskOfACheckSeesWhatAnotherWouldHaveWritten() throws Exception {
    Path file = host.resolve("new");
    LineInFileModule.Options first =
        OptionsKit.of(line, "path", file, "line", "one", "create", true);
    LineInFileModule.Options second =
        OptionsKit.of(line, "path", file, "line", "zero", "insertbefore", "one");
    text.kit().check(line, first);
    List<FieldDiff> foretold = text.kit().check(line, second).diffs();
    text.kit().forget();
    text.once(line, first);
    assertThat(text.once(line, second).diffs()).isEqualTo(foretold);
    assertThat(foretold).extracting(FieldDiff::after).containsExactly("zero\none\n");
  }

  @Test
  void whatOnlyARealRunKnowsIsUnknown() throws Exception {
    text.holding("x".repeat(200_000));
    Path copy = host.resolve("copy");
    var module = new dev.molt.runner.module.builtin.CopyModule();
    text.kit().check(module, OptionsKit.of(module, "src", text.file(), "dest", copy));
    assertThat(text.kit().check(line, OptionsKit.of(line, "path", copy, "line", "y")).status())
        .isEqualTo(Status.UNKNOWN);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "line=x ~ Destination @/file does not exist !",
        "state=present ~ line is required with state=present",
        "state=absent ~ one of line, search_string, or regexp is required with state=absent",
        "line=x; backrefs=yes ~ regexp is required with backrefs=true",
        "line=x; insertafter=a; insertbefore=b ~ parameters are mutually exclusive",
        "line=x; regexp=a; search_string=b ~ parameters are mutually exclusive",
        "line=x; regexp=( ~ regexp: the regular expression '(' is wrong",
        "line=x; create=yes; validate=true ~ validate must contain %s: true",
      })
  void saysWhatIsWrong(String options, String message) {
    assertThatThrownBy(() -> text.once(line, text.options(line, options)))
        .isInstanceOf(ModuleException.class)
        .hasMessageStartingWith(message.replace("@", host.toString()));
  }

  @Test
  void aDirectoryAndALongFileAreRefused() throws Exception {
    Files.createDirectory(text.file());
    assertThatThrownBy(() -> text.once(line, text.options(line, "line=x")))
        .hasMessage("Path " + text.file() + " is a directory !");
    Files.delete(text.file());
    Files.write(text.file(), new byte[(8 << 20) + 1]);
    assertThatThrownBy(() -> text.once(line, text.options(line, "line=x")))
        .hasMessageContaining("is longer than 8 MiB");
  }

  @Test
  void anEmptyExpressionMatchesAllAndSaysSo() throws Exception {
    text.holding(THREE);
    assertThat(
            text.once(line, text.options(line, "regexp", "", "line", "new"))
                .result()
                .get("warnings")
                .toString())
        .contains("The regular expression is an empty string, which will match every line");
    assertThat(text.held()).isEqualTo("one|two|new|");
  }

  @Test
  void whatIsNotThereNeedNoRemoval() throws Exception {
    Runs runs = text.kit().unchanged(line, text.options(line, "state=absent; line=x"));
    assertThat(runs.applied().result().get("msg")).isEqualTo(Value.of("file not present"));
  }

  @Test
  void anAccessListIsKept() throws Exception {
    text.holding("one|");
    Process set = new ProcessBuilder("setfacl", "-m", "nobody:rwx", text.file().toString()).start();
    assumeThat(set.waitFor()).as("the file system has access lists").isZero();
    text.changes(line, text.options(line, "line=two"));
    Process get = new ProcessBuilder("getfacl", text.file().toString()).start();
    assertThat(
            new String(
                get.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))
        .contains("user:nobody:rwx");
  }
}
