package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every example of docs/hooks.md: its files are written, its commands run, and what they print is
 * what the page says, times aside.
 */
class HooksDocTest {
  private static final Pattern BLOCK =
      Pattern.compile("<!-- (file|run): (.*?) -->\n```\\w*\n(.*?)```\n", Pattern.DOTALL);

  @TempDir Path folder;

  private record Example(boolean file, String what, String text) {}

  private static List<Example> examples() throws IOException {
    Path home = Path.of(System.getProperty("molt.home", ".."));
    Matcher blocks = BLOCK.matcher(Files.readString(home.resolve("docs/hooks.md")));
    List<Example> examples = new ArrayList<>();
    while (blocks.find()) {
      examples.add(new Example(blocks.group(1).equals("file"), blocks.group(2), blocks.group(3)));
    }
    return examples;
  }

  @BeforeEach
  void write() throws IOException {
    for (Example example : examples()) {
      if (example.file()) {
        Path file = folder.resolve(example.what());
        Files.createDirectories(file.getParent());
        Files.writeString(file, example.text());
      }
    }
  }

  @TestFactory
  Stream<DynamicTest> commands() throws IOException {
    return examples().stream()
        .filter(e -> !e.file())
        .map(e -> DynamicTest.dynamicTest(e.what(), () -> check(e)));
  }

  private void check(Example example) {
    String[] parts = example.what().split("; exit ");
    List<String> words = new ArrayList<>();
    for (String word : parts[0].split(" ")) {
      words.add(Files.exists(folder.resolve(word)) ? folder.resolve(word).toString() : word);
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(out, false, StandardCharsets.UTF_8);
    int status = Main.execute(words.subList(1, words.size()), both, both);
    both.flush();
    assertThat(times(out.toString(StandardCharsets.UTF_8).replace(folder + "/", "")))
        .isEqualTo(times(example.text()));
    assertThat(status).isEqualTo(parts.length > 1 ? Integer.parseInt(parts[1]) : 0);
  }

  private static String times(String text) {
    return text.replaceAll("\\d+\\.\\d s", "T");
  }
}
