package dev.molt.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.settings.AccessSettings;
import dev.molt.dsl.settings.InventorySettings;
import dev.molt.dsl.settings.RunSettings;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.DiagnosticFormatter;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.TemplateEngine;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The command line, word by word. */
class ArgumentsTest {
  @TempDir Path folder;

  private static RunArguments parse(String line) {
    return RunArguments.parse(Arrays.asList(line.split(" ")), Settings.defaults());
  }

  @Test
  void everyOptionHasItsPlace() {
    RunArguments a =
        parse(
            "a.yml b.yml -i one --inventory=two -itwo,three --check -D -l web:!n1 -e x=1"
                + " --extra-vars=y=2 -t a,b --tags c --skip-tags d -f 3 -u me --key-file k -vvv -v"
                + " -b --become-user op -T 4 -c local --force-handlers --output ansible -- -c.yml");
    assertThat(a.playbooks()).containsExactly("a.yml", "b.yml", "-c.yml");
    assertThat(a.inventories()).containsExactly("one", "two", "two,three");
    assertThat(a.check()).isTrue();
    assertThat(a.diff()).isTrue();
    assertThat(a.limit()).contains("web:!n1");
    assertThat(a.extraVars()).containsExactly("x=1", "y=2");
    assertThat(a.tags()).containsExactly("a", "b", "c");
    assertThat(a.skipTags()).containsExactly("d");
    assertThat(a.verbosity()).isEqualTo(4);
    assertThat(a.output()).isEqualTo("ansible");
    Settings settings = a.settings();
    assertThat(settings.get(RunSettings.FORKS)).isEqualTo(3);
    assertThat(settings.origin(RunSettings.FORKS)).contains("--forks");
    assertThat(settings.get(RunSettings.FORCE_HANDLERS)).isTrue();
    assertThat(settings.get(AccessSettings.REMOTE_USER)).contains("me");
    assertThat(settings.get(AccessSettings.PRIVATE_KEY_FILE)).contains(Path.of("k"));
    assertThat(settings.get(AccessSettings.BECOME)).isTrue();
    assertThat(settings.get(AccessSettings.BECOME_USER)).isEqualTo("op");
    assertThat(settings.get(AccessSettings.TIMEOUT)).isEqualTo(4);
    assertThat(settings.get(AccessSettings.TRANSPORT)).isEqualTo("local");
    assertThat(parse("-h").help()).isTrue();
    assertThat(parse("-C x").check()).isTrue();
    assertThat(parse("a.yml").diff()).isFalse();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "--inv a ~ --inventory",
        "--inventory-f a ~ --inventory",
        "--lim a ~ --limit",
        "--extra a=1 ~ --extra-vars",
        "--sk=a ~ --skip-tags",
        "-Cva ~ --check",
        "-CDi a ~ --inventory",
        "-f=4 ~ --forks",
        "--ask-vault-pass ~ --ask-vault-password",
      })
  void namesMayBeShortAndLettersStandTogether(String line, String found) {
    List<String> words = new java.util.ArrayList<>(Arrays.asList(line.split(" ")));
    if (line.startsWith("-Cva")) {
      words.set(0, "-Cv");
    }
    assertThat(RunArguments.parse(words, Settings.defaults()).given().has(found)).isTrue();
  }

  @Test
  void valuesThatLookLikeOptionsAreNoneIfTheyHaveABlank() {
    RunArguments a =
        RunArguments.parse(
            List.of("a.yml", "--ssh-common-args", "-o A=b -J c", "-e", "-1"), Settings.defaults());
    assertThat(a.settings().get(AccessSettings.SSH_COMMON_ARGS)).contains("-o A=b -J c");
    assertThat(a.extraVars()).containsExactly("-1");
  }

  @Test
  void optionsAreStrongerThanTheEnvironment() {
    Settings settings =
        Settings.load(
            Map.of(
                "ANSIBLE_FORKS", "2",
                "ANSIBLE_RUN_TAGS", "x",
                "ANSIBLE_VERBOSITY", "1",
                "ANSIBLE_HOST_PATTERN_MISMATCH", "error",
                "ANSIBLE_DIFF_ALWAYS", "yes"),
            folder);
    RunArguments a =
        RunArguments.parse(List.of("-f", "9", "-t", "y", "-v", "--output=ansible"), settings);
    assertThat(a.forks()).isEqualTo(9);
    assertThat(a.tags()).containsExactly("x", "y");
    assertThat(a.verbosity()).isEqualTo(2);
    assertThat(a.diff()).isTrue();
    assertThat(a.settings().get(RunSettings.NO_HOSTS)).isEqualTo("skip");
    assertThat(a.settings().get(InventorySettings.HOST_PATTERN_MISMATCH)).isEqualTo("error");
    assertThat(RunArguments.parse(List.of(), settings).forks()).isEqualTo(2);
    assertThat(RunArguments.parse(List.of(), settings).settings().get(RunSettings.NO_HOSTS))
        .isEqualTo("error");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "--chekc ~ molt run has no option '--chekc' ~ did you mean '--check'?",
        "--limti=x ~ molt run has no option '--limti' ~ did you mean '--limit'?",
        "--zzzzzzzz ~ molt run has no option '--zzzzzzzz' ~ molt run --help lists the options",
        "-x ~ molt run has no option '-x' ~ molt run --help lists the options",
        "-Cx ~ molt run has no option '-x' ~ molt run --help lists the options",
        "a.yml -i ~ -i needs a value ~ molt run --help lists the options",
        "-i --check ~ -i needs a value ~ molt run --help lists the options",
        "--forks 0 ~ --forks takes a number from 1 on, found '0' ~ molt run --help lists the"
            + " options",
        "--forks=x ~ --forks takes a number from 1 on, found 'x' ~ molt run --help lists the"
            + " options",
        "--check=yes ~ molt run has no value for '--check' ~ molt run --help lists the options",
        "--list ~ '--list' is short for several options ~ write one of --list-hosts, --list-tags,"
            + " --list-tasks",
        "--output yaml ~ there is no output 'yaml' ~ --output is one of molt, ansible, json",
        "-k --conn-pass-file x ~ --ask-pass and --connection-password-file cannot be given together"
            + " ~ molt run --help lists the options",
      })
  void mistakesNameTheNearest(String line, String message, String hint) {
    assertThatThrownBy(() -> parse(line))
        .isInstanceOfSatisfying(
            DiagnosticException.class,
            e -> {
              assertThat(e.diagnostics().get(0).message()).isEqualTo(message);
              assertThat(e.diagnostics().get(0).hint()).contains(hint);
            });
  }

  private static String values(Layer layer) {
    Variables variables =
        new Variables(
            new Templar(new TemplateEngine(Library.builder().builtins().build())), List.of(layer));
    return variables.names().stream()
        .map(n -> n + "=" + Python.repr(variables.lookup(n)))
        .collect(Collectors.joining(" "));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a=1 ~ a='1'",
        "a=1 b=two ~ a='1' b='two'",
        "a='two words' b=\"it's\" ~ a='two words' b=\"it's\"",
        "a= ~ a=''",
        "a=x=y ~ a='x=y'",
        "a=true ~ a='true'",
        "a=\"{{ b }}\" b=2 ~ a='2' b='2'",
        "{\"a\": 1, \"b\": [true]} ~ a=1 b=[True]",
        "{a: 1} ~ a=1",
      })
  void extraVars(String text, String found) {
    assertThat(values(ExtraVars.parse(text))).isEqualTo(found);
  }

  @Test
  void extraVarsOfAFile() throws IOException {
    Path file = folder.resolve("v.yml");
    Files.writeString(file, "a: 1\nb: {c: x}\n");
    assertThat(values(ExtraVars.parse("@" + file))).isEqualTo("a=1 b={'c': 'x'}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "a=1 two words ~ 1 | a=1 two words;  |     ^^^^^^^^^",
        "a='open ~ 1 | a='open;  | ^^^^^^^",
        "just ~ 1 | just;  | ^^^^",
        "@/nope.yml ~ 1 | @/nope.yml;  |  ^^^^^^^^^",
        "{a: [1} ~ 1 | {a: [1};  |       ^",
      })
  void wrongExtraVarsShowWhere(String text, String excerpt) {
    assertThatThrownBy(() -> ExtraVars.parse(text))
        .isInstanceOfSatisfying(
            DiagnosticException.class,
            e ->
                assertThat(DiagnosticFormatter.format(e.diagnostics().get(0)).lines().toList())
                    .containsSequence(excerpt.split(";")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "n1 ~ n1",
        "n1 n2 ~ n1, n2",
        "n1 n2 n3 ~ n1-n3",
        "n1 n2 n3 n5 ~ n1-n3, n5",
        "n08 n09 n10 ~ n08-n10",
        "n9 n10 n11 ~ n9-n11",
        "n01 n1 n02 n03 ~ n01, n1, n02, n03",
        "n1.x n2.x n3.x ~ n1.x-n3.x",
        "n1.x n2.y n3.x ~ n1.x, n2.y, n3.x",
        "a b c ~ a, b, c",
        "n3 n2 n1 ~ n3, n2, n1",
        "10.0.0.1 10.0.0.2 10.0.0.3 ~ 10.0.0.1-10.0.0.3",
      })
  void hostNames(String hosts, String shown) {
    assertThat(HostNames.of(Arrays.asList(hosts.split(" ")))).isEqualTo(shown);
  }

  @Test
  void textDiff() {
    String before = "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n";
    String after =
        before.replace("5\n", "five\n").replace("13\n", "13\nend\n").replaceFirst("1\n", "");
    assertThat(TextDiff.lines(before, after))
        .containsExactly(
            "@@ line 1 @@",
            "-1",
            " 2",
            " 3",
            " 4",
            "-5",
            "+five",
            " 6",
            " 7",
            " 8",
            "@@ line 11 @@",
            " 11",
            " 12",
            " 13",
            "+end");
    assertThat(TextDiff.lines("", "a\nb\n")).containsExactly("@@ line 1 @@", "+a", "+b");
    assertThat(TextDiff.lines("a\n", "")).containsExactly("@@ line 1 @@", "-a");
    assertThat(TextDiff.lines("a\n", "a\n")).isEmpty();
  }

  private record Ended(int status, String out, String err) {}

  private static Ended molt(String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status =
        Main.execute(
            Arrays.asList(words),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8));
    return new Ended(
        status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }

  @Test
  void whatCannotStartEndsWith1() {
    assertThat(molt("rnu"))
        .isEqualTo(new Ended(1, "", "error: there is no command 'rnu'\n  = did you mean 'run'?\n"));
    assertThat(molt("run").status()).isEqualTo(1);
    assertThat(molt("run", "--chekc").err()).contains("did you mean '--check'?");
    assertThat(molt("run", "nope.yml", "-i", "a,").err())
        .contains("there is no playbook 'nope.yml'");
    assertThat(molt("--help").status()).isZero();
    assertThat(molt("run", "--help").status()).isZero();
    assertThat(molt("--version").out()).startsWith("molt ");
    assertThat(molt("run", "--version").out()).startsWith("molt ").contains("  config file = ");
  }

  @Test
  void aRunEndsWithItsOutcome() throws IOException {
    Path play = folder.resolve("play.yml");
    Files.writeString(
        play,
        """
        - name: Try
          hosts: all
          tasks:
            - name: Say it
              debug: {msg: "hello {{ inventory_hostname }}"}
            - name: Set it
              set_fact: {x: "{{ wanted }}"}
            - name: Look
              assert: {that: x == 'yes'}
        """);
    Ended good = molt("run", play.toString(), "-i", "n1,n2,n3", "-e", "wanted=yes");
    assertThat(good.err()).isEmpty();
    assertThat(good.status()).isZero();
    assertThat(good.out().replaceAll("\\d+\\.\\d s", "0.0 s").replaceAll(" +\n", "\n"))
        .isEqualTo(
            """

            PLAY Try  n1-n3
              ok          Say it                                               n1  0.0 s
                  hello n1
              ok                                                               n2
                  hello n2
              ok                                                               n3
                  hello n3
              ok          Set it                                               n1-n3  0.0 s
              ok          Look                                                 n1-n3  0.0 s

            RECAP  0.0 s
              n1  ok 3
              n2  ok 3
              n3  ok 3
              nothing was changed: everything is as the playbook wants it
            """);
    Ended bad = molt("run", play.toString(), "-i", "n1,", "-e", "wanted=no", "--check");
    assertThat(bad.status()).isEqualTo(2);
    assertThat(bad.out())
        .startsWith("check run of ")
        .contains("FAILED")
        .contains("at " + play + ":8")
        .contains("failed: Look (" + play + ":8) on n1")
        .endsWith("the run failed\n");
    Ended wrong = molt("run", play.toString(), "-i", "n1,", "-e", "wanted");
    assertThat(wrong.status()).isEqualTo(1);
    assertThat(wrong.err()).contains("this is not 'key=value'");
  }

  @Test
  void shownAsAnsibleDoesItEndsAsAnsibleDoes() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.yml"), "- hosts: all\n  taks: []\n");
    Path good = Files.writeString(folder.resolve("good.yml"), "- hosts: all\n  tasks: []\n");
    for (String[] how : new String[][] {{"--output", "ansible"}, {"--output=ansible"}}) {
      String option = how[0];
      String last = how[how.length - 1];
      assertThat(molt("run", "a.yml", "--chekc", option, last).status()).isEqualTo(2);
      assertThat(molt("run", option, last, "-i", "a,", "nope.yml").status()).isEqualTo(1);
    }
    assertThat(molt("run", "--output=ansible", "-i", "a,", broken.toString()).status())
        .isEqualTo(4);
    assertThat(molt("run", "-i", "a,", broken.toString()).status()).isEqualTo(1);
    assertThat(molt("run", "--output=ansible", "-i", "/dev/null", good.toString()).status())
        .isZero();
    Ended refused = molt("run", "-i", "/dev/null", good.toString());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.out()).contains("provided hosts list is empty");
    assertThat(refused.err()).contains("no host or group 'all'");
    Path other =
        Files.writeString(folder.resolve("other.yml"), "- hosts: b,c\n  gather_facts: false\n");
    assertThat(molt("run", "-i", "b,", other.toString()).status()).isEqualTo(1);
    Ended some = molt("run", "-i", "b,", "--output=ansible", other.toString());
    assertThat(some.status()).isZero();
    assertThat(some.err()).contains("Could not match supplied host pattern, ignoring: c");
  }

  @Test
  void aSyntaxCheckRunsNothing() throws IOException {
    Path play =
        Files.writeString(
            folder.resolve("play.yml"),
            "- hosts: all\n  tasks:\n    - command: touch " + folder + "/touched\n");
    Ended ended = molt("run", "--syntax-check", "-i", "localhost,", "-c", "local", play.toString());
    assertThat(ended).isEqualTo(new Ended(0, "\nplaybook: " + play + "\n", ""));
    assertThat(folder.resolve("touched")).doesNotExist();
    Files.writeString(play, "- hosts: all\n  tasks:\n    - copy: {dset: x}\n");
    assertThat(molt("run", "--syntax-check", "-i", "a,", play.toString()).err())
        .contains("did you mean 'dest'?");
  }

  @Test
  void limitsAndPasswordsMayStandInFiles() throws IOException {
    Path play =
        Files.writeString(
            folder.resolve("play.yml"), "- hosts: all\n  tasks:\n    - debug: {msg: hello}\n");
    Path hosts = Files.writeString(folder.resolve("failed.retry"), "b\nc\n");
    Ended ended = molt("run", "-i", "a,b,c", "-l", "@" + hosts, play.toString());
    assertThat(ended.out()).contains("PLAY all  b, c");
    Path password = Files.writeString(folder.resolve("password"), "\n");
    assertThat(
            molt("run", "-i", "a,", "--become-password-file", password.toString(), play.toString())
                .err())
        .contains("the password file " + password + " gives no password");
  }

  @Test
  void namesAreFoundWithoutTheirEnding() throws IOException {
    Path play = Files.writeString(folder.resolve("upgrade.yml"), "[]\n");
    assertThat(Names.find("playbook", "playbooks", folder.resolve("upgrade").toString()))
        .isEqualTo(play);
    assertThatThrownBy(() -> Names.find("playbook", folder.toString(), "upgarde"))
        .hasMessageContaining("there is no playbook 'upgarde'")
        .isInstanceOfSatisfying(
            DiagnosticException.class,
            e -> assertThat(e.diagnostics().get(0).hint().orElse("")).contains("upgrade"));
  }
}
