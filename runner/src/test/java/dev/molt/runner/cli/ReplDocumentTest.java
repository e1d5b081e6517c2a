package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.Source;
import dev.molt.runner.repl.PlainConsole;
import dev.molt.runner.repl.Repl;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Runs every example of docs/repl.md, and the session in the README, and compares what comes of it.
 * A line {@code ...} stands for any lines, and dots at the end of one for the rest of it.
 */
class ReplDocumentTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w+) ?(\\S*)\\n(.*?)^```$");
  private static final Pattern PROMPT = Pattern.compile("(molt [^>]*> )(.*)");
  private static final Pattern FILE = Pattern.compile("(?<![\\w./])(\\w+\\.yml|spool)\\b");

  @TempDir Path folder;
  private int examples;

  @Test
  void everyExampleDoesWhatIsSaid() throws IOException {
    runs(document("docs/repl.md"));
    assertThat(examples).isGreaterThan(10);
  }

  @Test
  void theSessionInTheReadmeIsOne() throws IOException {
    for (Matcher block = BLOCK.matcher(document("docs/repl.md")); block.find(); ) {
      write(block);
    }
    runs(document("README.md"));
    assertThat(examples).isPositive();
  }

  private static String document(String name) throws IOException {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("docs")) && Files.isExecutable(at.resolve("molt"))) {
        return Files.readString(at.resolve(name));
      }
    }
    throw new AssertionError("there is no folder with docs here or above");
  }

  private void write(Matcher block) throws IOException {
    if (block.group(1).equals("yaml") && !block.group(2).isEmpty()) {
      Files.writeString(folder.resolve(block.group(2)), block.group(3));
    }
  }

  private void runs(String document) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    Repl repl = null;
    for (Matcher block = BLOCK.matcher(document); block.find(); ) {
      write(block);
      if (block.group(1).equals("repl")) {
        repl = repl == null ? open(out) : repl;
        session(repl, shown, out, block.group(3));
      } else if (block.group(1).equals("console")) {
        commands(block.group(3));
      }
    }
    if (repl != null) {
      repl.close();
    }
  }

  private Repl open(PrintStream out) {
    ReplArguments arguments =
        ReplArguments.parse(List.of("-i", folder.resolve("hosts.yml").toString()), settings());
    ReplCommand command =
        new ReplCommand(out, out, new ByteArrayInputStream(new byte[0]), settings());
    return new Repl(
        command.start(arguments),
        new PlainConsole(out, out, new Style(false, false), Optional.empty()));
  }

  private static Settings settings() {
    return Settings.load();
  }

  /** Prompts stand where they would on a terminal, so that it is known what was typed. */
  private void session(Repl repl, ByteArrayOutputStream shown, PrintStream out, String text) {
    shown.reset();
    List<String> lines = text.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      Matcher prompt = PROMPT.matcher(lines.get(i));
      if (!prompt.matches()) {
        continue;
      }
      assertThat(repl.prompt()).as(lines.get(i)).isEqualTo(prompt.group(1));
      StringBuilder typed = new StringBuilder(prompt.group(2));
      out.println(lines.get(i));
      while (i + 1 < lines.size() && lines.get(i + 1).matches("\\.\\.\\.( .*)?") && block(typed)) {
        i++;
        typed.append('\n').append(lines.get(i).replaceFirst("^\\.\\.\\. ?", ""));
        out.println(lines.get(i));
      }
      examples++;
      repl.run(Source.inline("line", there(typed.toString())));
    }
    compare(text, shown);
  }

  private static boolean block(CharSequence typed) {
    return dev.molt.runner.repl.Completeness.missing(typed.toString()).isPresent();
  }

  /** Files of the examples are in the test's own folder. */
  private String there(String text) {
    return FILE.matcher(text).replaceAll(Matcher.quoteReplacement(folder.toString()) + "/$1");
  }

  private String here(String text) {
    return text.replace(folder.toString() + "/", "");
  }

  private void commands(String text) throws IOException {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    PrintStream out = new PrintStream(shown, true, StandardCharsets.UTF_8);
    int status = 0;
    for (String line : text.lines().filter(l -> l.startsWith("$ ")).toList()) {
      out.println(line);
      examples++;
      if (line.equals("$ echo $?")) {
        out.println(status);
        continue;
      }
      List<String> words = new ArrayList<>();
      Matcher word =
          Pattern.compile("'([^']*)'|(\\S+)").matcher(line.substring("$ ./molt ".length()));
      while (word.find()) {
        words.add(there(word.group(1) != null ? word.group(1) : word.group(2)));
      }
      status = Main.execute(words, out, out);
    }
    compare(text, shown);
  }

  private void compare(String wanted, ByteArrayOutputStream shown) {
    StringBuilder pattern = new StringBuilder();
    for (String line : wanted.lines().toList()) {
      if (line.strip().equals("...")) {
        pattern.append("(?:.*\\n)*?");
      } else if (line.endsWith("...")) {
        String begin = line.substring(0, line.length() - 3);
        pattern.append(Pattern.quote(begin)).append(".*\\n");
      } else {
        pattern.append(Pattern.quote(line)).append("\\n");
      }
    }
    String text = here(shown.toString(StandardCharsets.UTF_8));
    assertThat(Pattern.matches(pattern.toString(), text))
        .as("what is said:%n%s%nwhat is shown:%n%s", wanted, text)
        .isTrue();
  }
}
