package dev.molt.dsl.yaml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Source;
import org.junit.jupiter.api.Test;

class YamlReaderTest {
  private static Node read(String text) {
    return YamlReader.read(Source.inline("test.yml", text)).orElseThrow();
  }

  private static MappingNode map(String text) {
    return (MappingNode) read(text);
  }

  @Test
  void keepsWhereEverythingWasWritten() {
    MappingNode play = map("# a play\nhosts: all\ntasks:\n  - name: 'x'\n    ping:\n");
    assertThat(play.position().toString()).isEqualTo("test.yml:2:1");
    SequenceNode tasks = (SequenceNode) play.get("tasks").orElseThrow();
    assertThat(tasks.position().toString()).isEqualTo("test.yml:4:3");
    MappingNode task = (MappingNode) tasks.items().get(0);
    assertThat(task.position().toString()).isEqualTo("test.yml:4:5");
    assertThat(task.position().length()).isEqualTo(4);
    assertThat(task.get("name").orElseThrow().position().toString()).isEqualTo("test.yml:4:11");
    assertThat(((ScalarNode) task.get("ping").orElseThrow()).isNull()).isTrue();
  }

  @Test
  void aTextWithoutContentIsNoDocument() {
    for (String nothing : new String[] {"", "\n\n", "# only this\n", "---\n", "---\n...\n"}) {
      assertThat(YamlReader.read(Source.inline("t", nothing))).as(nothing).isEmpty();
    }
    assertThat(YamlReader.read(Source.inline("t", "~"))).isPresent();
  }

  @Test
  void oneDocumentIsExpected() {
    assertThatThrownBy(() -> read("a: 1\n---\nb: 2\n"))
        .isInstanceOf(DiagnosticException.class)
        .hasMessage("test.yml:2:1: a second document begins here; one is expected");
    assertThat(YamlReader.readAll(Source.inline("t", "a: 1\n---\nb: 2\n"))).hasSize(2);
  }

  @Test
  void mergeKeysComeFirstAndOwnKeysWin() {
    MappingNode all =
        map("a: &a {x: 1, y: 1}\nb: &b {y: 2, z: 2}\nc:\n  own: 0\n  <<: [*a, *b]\n  x: 3\n");
    MappingNode c = (MappingNode) all.get("c").orElseThrow();
    assertThat(c.entries().stream().map(e -> e.key().text() + ((ScalarNode) e.value()).text()))
        .containsExactly("y1", "z2", "x3", "own0");
  }

  @Test
  void aKeyGivenTwiceIsRefused() {
    assertThatThrownBy(() -> read("a: 1\nb: 2\na: 3\n"))
        .hasMessage("test.yml:3:1: the key 'a' is given twice");
  }

  @Test
  void anAnchorGivenTwiceIsRefused() {
    assertThatThrownBy(() -> read("a: &x 1\nb: &x 2\n"))
        .hasMessage("test.yml:2:4: the anchor '&x' is given twice");
  }

  @Test
  void whatIsNoTextIsRefusedWithItsPlace() {
    assertThatThrownBy(() -> read("a: 1\nb: \0\n"))
        .hasMessage("test.yml:2:4: a NUL byte: this is not a text file");
    assertThatThrownBy(() -> read("a: \u0007"))
        .hasMessage("test.yml:1:4: a control character (U+0007), which YAML does not allow");
    assertThatThrownBy(() -> read(" ".repeat(YamlReader.MAX_LENGTH + 1)))
        .hasMessageContaining("the file is too big");
  }

  @Test
  void byteOrderMarksAndWindowsLineBreaksDoNoHarm() {
    MappingNode map = map("\uFEFFa: |\r\n  x\r\n  y\r\nb: 'p\r\n  q'\r\n");
    assertThat(((ScalarNode) map.get("a").orElseThrow()).text()).isEqualTo("x\ny\n");
    assertThat(((ScalarNode) map.get("b").orElseThrow()).text()).isEqualTo("p q");
    assertThat(map.get("b").orElseThrow().position()).hasToString("test.yml:4:4");
  }

  @Test
  void jsonMayBeIndentedWithTabs() {
    MappingNode map = map("{\n\t\"a\": \"x\\\"\ty\",\n\t\"b\": [\t1 ]\n}\n");
    assertThat(((ScalarNode) map.get("a").orElseThrow()).text()).isEqualTo("x\"\ty");
    assertThat(map.get("b").orElseThrow().position()).hasToString("test.yml:3:7");
  }

  @Test
  void aliasesShareTheNodeOfTheirAnchor() {
    MappingNode map = map("a: &x [1]\nb: *x\n");
    assertThat(map.get("b").orElseThrow()).isSameAs(map.get("a").orElseThrow());
  }
}
