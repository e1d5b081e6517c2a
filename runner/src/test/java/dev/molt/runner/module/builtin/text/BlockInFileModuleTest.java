package dev.molt.runner.module.builtin.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.Value;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit.Runs;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockInFileModuleTest {
  private static final String FILE = "one|two|three|";

  @TempDir Path host;
  private final BlockInFileModule block = new BlockInFileModule();
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
        FILE + "~ block=a|b ~ one|two|three|<B>|a|b|<E>| ~ Block inserted",
        "one|two ~ block=a| ~ one|two|<B>|a|<E>| ~ Block inserted",
        FILE + "~ block=a; insertbefore=BOF ~ <B>|a|<E>|one|two|three| ~ Block inserted",
        FILE + "~ block=a; insertafter=^t ~ one|two|three|<B>|a|<E>| ~ Block inserted",
        FILE + "~ block=a; insertbefore=two ~ one|<B>|a|<E>|two|three| ~ Block inserted",
        FILE + "~ block=a; insertafter=none ~ one|two|three|<B>|a|<E>| ~ Block inserted",
        FILE + "~ block=a; insertafter=(?m)one\\ntwo ~ one|two|<B>|a|<E>|three| ~ Block inserted",
        FILE + "~ block=a; insertafter=one\\ntwo ~ one|two|three|<B>|a|<E>| ~ Block inserted",
        FILE + "~ block=a; insertbefore=(?m)two\\nth ~ one|<B>|a|<E>|two|three| ~ Block inserted",
        "x|<B>|old|<E>|y| ~ block=new; insertafter=EOF ~ x|<B>|new|<E>|y| ~ Block inserted",
        "x|<E>|old|<B>|y| ~ block=new ~ x|<B>|new|<E>|y| ~ Block inserted",
        "x|<B>|old|<E>|y| ~ state=absent ~ x|y| ~ Block removed",
        "x|<B>|old|<E>|y| ~ content= ~ x|y| ~ Block removed",
        FILE
            + "~ block=a; insertafter=one; append_newline=yes; prepend_newline=yes"
            + " ~ one||<B>|a|<E>||two|three| ~ Block inserted",
        "a¤|b| ~ block=x¤|y ~ a¤|b|<B>|x¤|y|<E>| ~ Block inserted",
      })
  void editsAsAnsibleDoes(String before, String options, String after, String message)
      throws Exception {
    text.holding(before);
    Runs runs =
        text.changes(
            block,
            text.options(block, options + "; marker=<{mark}>; marker_begin=B; marker_end=E"));
    assertThat(text.held()).isEqualTo(after);
    assertThat(runs.applied().result().get("msg")).isEqualTo(Value.of(message));
  }

  @Test
  void aFileIsMadeAndEmptiedAgain() throws Exception {
    Runs runs = text.changes(block, text.options(block, "block=Hey; create=yes"));
    assertThat(runs.applied().result().get("msg")).isEqualTo(Value.of("File created"));
    assertThat(text.held())
        .isEqualTo("# BEGIN ANSIBLE MANAGED BLOCK|Hey|# END ANSIBLE MANAGED BLOCK|");
    text.changes(block, text.options(block, "block=Hey; state=absent; create=yes"));
    assertThat(text.file()).isEmptyFile();
  }

  @Test
  void bytesThatAreNoTextComeThrough() throws Exception {
    Files.write(text.file(), new byte[] {(byte) 0xFF, '\r', 'x', 0, '\n'});
    text.changes(block, text.options(block, "block=é; marker={mark}"));
    assertThat(new String(Files.readAllBytes(text.file()), StandardCharsets.ISO_8859_1))
        .isEqualTo("\u00ff\rx\0\nBEGIN\n\u00c3\u00a9\nEND\n");
  }

  @Test
  void keepsABackup() throws Exception {
    text.holding(FILE);
    Runs runs = text.changes(block, text.options(block, "block=a; backup=yes"));
    assertThat(runs.applied().result().has("backup_file")).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "block=a ~ Path @/file does not exist !",
        "block=a; insertafter=x; insertbefore=y ~ parameters are mutually exclusive",
        "block=a; insertafter=[ ~ insertafter: the regular expression",
      })
  void saysWhatIsWrong(String options, String message) {
    assertThatThrownBy(() -> text.once(block, text.options(block, options)))
        .isInstanceOf(ModuleException.class)
        .hasMessageStartingWith(message.replace("@", host.toString()));
  }

  @Test
  void whatIsNotThereNeedNoRemoval() throws Exception {
    Runs runs = text.kit().unchanged(block, text.options(block, "state=absent; create=yes"));
    assertThat(runs.applied().result().get("msg"))
        .isEqualTo(Value.of("File " + text.file() + " not present"));
  }
}
