package dev.molt.runner.module.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit.Runs;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplaceModuleTest {
  @TempDir Path host;
  private final ReplaceModule replace = new ReplaceModule();
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
        "a1|a2|b3| ~ regexp=a; replace=x ~ x1|x2|b3| ~ 2 replacements made",
        "a1|a2|b3| ~ regexp=a\\d\\n ~ b3| ~ 2 replacements made",
        "a1|b2| ~ regexp=^(?P<k>.)(\\d)$; replace=\\2\\g<k> ~ 1a|2b| ~ 2 replacements made",
        "a a|m|a a| ~ regexp=a; replace=b; after=m ~ a a|m|b b| ~ 2 replacements made",
        "a a|m|a a| ~ regexp=a; replace=b; before=m ~ b b|m|a a| ~ 2 replacements made",
        "a|<|a|>|<|a|> ~ regexp=a; replace=b; after=<; before=> ~ a|<|b|>|<|a|> ~ 1 replacements"
            + " made",
        "grün ~ regexp=ü; replace=ue ~ gruen ~ 1 replacements made",
        "x y ~ regexp=\\by\\b; replace=z ~ x z ~ 1 replacements made",
      })
  void replacesAsPythonDoes(String before, String options, String after, String message)
      throws Exception {
    text.holding(before);
    Runs runs = text.changes(replace, text.options(replace, options));
    assertThat(text.held()).isEqualTo(after);
    assertThat(runs.applied().result().get("msg")).isEqualTo(Value.of(message));
    assertThat(runs.check().diffs())
        .extracting(FieldDiff::after)
        .containsExactly(TextKit.raw(after));
  }

  @Test
  void whatMatchesItsOwnResultIsReplacedEachTime() throws Exception {
    text.holding("a|");
    ReplaceModule.Options options = text.options(replace, "regexp=^(.+)$; replace=\"\\1\"");
    text.once(replace, options);
    text.once(replace, options);
    assertThat(text.held()).isEqualTo("\"\"a\"\"|");
  }

  @Test
  void aSectionThatIsNotThereChangesNothing() throws Exception {
    text.holding("a|");
    Runs runs = text.kit().unchanged(replace, text.options(replace, "regexp=a; after=x; before=y"));
    assertThat(runs.applied().result().get("msg").toString())
        .contains("Pattern for before/after params did not match the given file: x(?P<subsection>");
  }

  @Test
  void bytesThatAreNoCharactersComeThrough() throws Exception {
    Files.write(text.file(), new byte[] {'a', (byte) 0xFF, (byte) 0xE2, 'a', (byte) 0xC3, '\n'});
    text.changes(replace, text.options(replace, "regexp=a; replace=ä"));
    assertThat(Files.readAllBytes(text.file()))
        .containsExactly(0xC3, 0xA4, 0xFF, 0xE2, 0xC3, 0xA4, 0xC3, '\n');
  }

  @ParameterizedTest
  @CsvSource({"latin-1,ISO-8859-1", "cp1252,windows-1252", "gbk,GBK", "utf_16,UTF-16BE"})
  void otherEncodings(String python, String java) throws Exception {
    String word = java.equals("GBK") ? "你好" : "süß";
    boolean mark = java.startsWith("UTF-16");
    Files.write(
        text.file(), ((mark ? "\uFEFF" : "") + word + " x").getBytes(Charset.forName(java)));
    text.changes(replace, text.options(replace, "regexp=x; replace=y; encoding=" + python));
    assertThat(Files.readString(text.file(), Charset.forName(java))).endsWith(word + " y");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "regexp=a; path=@/none ~ Path @/none does not exist !",
        "regexp=a; path=@ ~ Path @ is a directory !",
        "regexp=a; replace=\\D; path=/dev/null ~ Unable to process replace due to error: bad"
            + " escape",
        "regexp=(a; path=@/file ~ Unable to process replace due to error: the regular expression",
        "regexp=(a); replace=\\2; path=@/file ~ Unable to process replace due to error",
        "regexp=a; encoding=nope; path=@/file ~ unknown encoding: nope",
        "regexp=a; replace=ü; encoding=ascii; path=@/file ~ the result has characters",
      })
  void saysWhatIsWrong(String options, String message) throws Exception {
    text.holding("a|");
    assertThatThrownBy(
            () -> text.once(replace, text.options(replace, options.replace("@", host.toString()))))
        .isInstanceOf(ModuleException.class)
        .hasMessageStartingWith(message.replace("@", host.toString()));
  }

  @Test
  void keepsABackup() throws Exception {
    text.holding("a|");
    Runs runs = text.changes(replace, text.options(replace, "regexp=a; backup=yes"));
    assertThat(runs.applied().result().has("backup_file")).isTrue();
    assertThat(OptionsKit.of(replace, "path", "/x", "regexp", "y").encoding()).isEqualTo("utf-8");
  }
}
