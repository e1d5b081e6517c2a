package dev.molt.runner.module.builtin.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.module.builtin.FileModule;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FindModuleTest {
  @TempDir Path host;
  private final FindModule find = new FindModule();
  private ModuleKit kit;

  @BeforeEach
  void open() throws Exception {
    kit = ModuleKit.local().watching(host);
    ModuleKit.write(host.resolve("a/1.txt"), "data");
    ModuleKit.write(host.resolve("a/b/2.jpg"), "OK\nKO\nhas\na few\n");
    ModuleKit.write(host.resolve("a/b/c/3"), "");
    ModuleKit.write(host.resolve("e/5.json"), "x".repeat(2000));
    ModuleKit.write(host.resolve(".hidden/.h"), "data");
    Files.createSymbolicLink(host.resolve("e/link"), Path.of("../a"));
    Files.setAttribute(host.resolve("a/b/c/3"), "unix:mode", 0100400);
    Files.setLastModifiedTime(
        host.resolve("e/5.json"), FileTime.from(Instant.parse("2020-01-01T12:00:00Z")));
  }

  @AfterEach
  void close() {
    kit.close();
  }

  private MapValue run(String options) throws Exception {
    List<Object> all = new ArrayList<>(List.of("paths", host.toString()));
    for (String pair : options.split("; ")) {
      String[] both = pair.split("=", 2);
      all.addAll(List.of(both[0], both[1].replace("|", "\n")));
    }
    return kit.unchangedWhateverTheTrips(find, OptionsKit.of(find, all.toArray()));
  }

  private String names(MapValue result) {
    List<String> names = new ArrayList<>();
    for (Value file : ((ListValue) result.get("files")).items()) {
      names.add(
          ((StrValue) ((MapValue) file).get("path"))
              .text()
              .substring(host.toString().length() + 1));
    }
    return String.join(" ", names);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "recurse=yes ~ a/1.txt a/b/2.jpg a/b/c/3 e/5.json",
        "recurse=no; file_type=any ~ a e",
        "recurse=yes; file_type=directory ~ a e a/b a/b/c",
        "recurse=yes; file_type=link ~ e/link",
        "recurse=yes; hidden=yes; patterns=.h ~ .hidden/.h",
        "recurse=yes; patterns=*.txt,*.j* ~ a/1.txt a/b/2.jpg e/5.json",
        "recurse=yes; patterns=[0-2]*; excludes=*.jpg ~ a/1.txt",
        "recurse=yes; use_regex=yes; patterns=.*\\.j ~ a/b/2.jpg e/5.json",
        "recurse=yes; use_regex=yes; exclude=.*\\.j.*,3 ~ a/1.txt",
        "recurse=yes; depth=2 ~ a/1.txt e/5.json",
        "recurse=yes; age=1w ~ e/5.json",
        "recurse=yes; age=-1w ~ a/1.txt a/b/2.jpg a/b/c/3",
        "recurse=yes; size=1k ~ e/5.json",
        "recurse=yes; size=-5 ~ a/1.txt a/b/c/3",
        "recurse=yes; mode=0400 ~ a/b/c/3",
        "recurse=yes; mode=u=r; exact_mode=no ~ a/1.txt a/b/2.jpg a/b/c/3 e/5.json",
        "recurse=yes; mode=o=r; exact_mode=no; patterns=3 ~ ''",
        "recurse=yes; contains=d.t ~ a/1.txt",
        "recurse=yes; contains=.*O$ ~ a/b/2.jpg",
        "recurse=yes; contains=has|a few ~ ''",
        "recurse=yes; contains=s|a few; read_whole_file=yes ~ a/b/2.jpg",
        "recurse=yes; contains=KO$; read_whole_file=yes ~ ''",
        "recurse=yes; limit=2 ~ a/1.txt a/b/2.jpg",
        "recurse=yes; follow=yes; patterns=1.txt ~ a/1.txt e/link/1.txt",
      })
  void findsWhatAnsibleFinds(String options, String names) throws Exception {
    assertThat(names(run(options))).isEqualTo(names);
  }

  @Test
  void describesAndCounts() throws Exception {
    MapValue result = run("recurse=yes; get_checksum=yes; patterns=1.txt");
    assertThat(result.get("matched")).isEqualTo(Value.of(1));
    assertThat(result.get("examined")).isEqualTo(Value.of(11));
    assertThat(result.get("msg")).isEqualTo(Value.of("All paths examined"));
    MapValue file = (MapValue) ((ListValue) result.get("files")).items().get(0);
    assertThat(file.get("checksum"))
        .isEqualTo(Value.of("a17c9aaa61e80a1bf71d0d850af4e5baa9800bbd"));
    assertThat(file.get("size")).isEqualTo(Value.of(4));
    assertThat(file.get("gr_name")).isEqualTo(Value.of("root"));
    assertThat(run("recurse=yes; file_type=any; depth=1").get("examined")).isEqualTo(Value.of(8));
  }

  @Test
  void whatCannotBeLookedAtIsTold() throws Exception {
    Files.setAttribute(host, "unix:mode", 040755);
    Files.setAttribute(host.resolve("a/b"), "unix:mode", 040700);
    try (ModuleKit nobody = ModuleKit.local("nobody")) {
      MapValue result =
          nobody.apply(find, OptionsKit.of(find, "paths", host, "recurse", true)).result();
      assertThat(names(result)).isEqualTo("a/1.txt e/5.json");
      assertThat(((MapValue) result.get("skipped_paths")).get(host + "/a/b").toString())
          .contains("Permission denied");
    }
    MapValue none = kit.apply(find, OptionsKit.of(find, "paths", "/no/such,/etc/passwd")).result();
    assertThat(none.get("msg"))
        .isEqualTo(Value.of("Not all paths examined, check warnings for details"));
    assertThat(((MapValue) none.get("skipped_paths")).get("/no/such"))
        .isEqualTo(Value.of("'/no/such' is not a directory"));
    assertThat(none.get("warnings").toString()).contains("Skipped '/etc/passwd' path due to");
  }

  @Test
  void readsOtherEncodings() throws Exception {
    Files.write(host.resolve("a.gbk"), "你好世界".getBytes(Charset.forName("GBK")));
    assertThat(names(run("patterns=*.gbk; contains=你好; encoding=gbk"))).isEqualTo("a.gbk");
    MapValue wrong = run("patterns=*.gbk; contains=你好; encoding=utf-8");
    assertThat(((MapValue) wrong.get("skipped_paths")).get(host.toString()))
        .isEqualTo(
            Value.of(
                "Failed to read the file "
                    + host
                    + "/a.gbk due to an encoding error. current encoding: utf-8"));
    MapValue none = run("patterns=*.gbk; contains=你好; encoding=idontexist");
    assertThat(((MapValue) none.get("skipped_paths")).get(host.toString()))
        .isEqualTo(Value.of("unknown encoding: idontexist"));
  }

  @Test
  void aCheckSeesWhatWouldBeThere() throws Exception {
    FileModule file = new FileModule();
    kit.check(file, OptionsKit.of(file, "path", host.resolve("a/b"), "state", "absent"));
    kit.check(file, OptionsKit.of(file, "path", host.resolve("a/new.txt"), "state", "touch"));
    MapValue result =
        kit.check(find, OptionsKit.of(find, "path", host.resolve("a"), "recurse", true)).result();
    assertThat(names(result)).isEqualTo("a/1.txt a/new.txt");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "age=old ~ failed to process age",
        "size=1x ~ failed to process size",
        "limit=0 ~ limit cannot be 0 (use None for unlimited)",
        "contains=( ~ contains: the regular expression",
      })
  void saysWhatIsWrong(String options, String message) throws Exception {
    ModuleKit.write(host.resolve("file"), "x");
    assertThatThrownBy(() -> run(options))
        .isInstanceOf(ModuleException.class)
        .hasMessageStartingWith(message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "* .x true",
        "a?c abc true",
        "a?c ac false",
        "[!a]b ab false",
        "[!a]b cb true",
        "[]a] ] true",
        "[a-c]x bx true",
        "[ [ true",
        "a.c abc false",
        "[^a] ^ true",
      })
  void globsAreThoseOfTheShell(String pattern, String name, boolean fits) {
    assertThat(NamePatterns.glob(pattern, name)).isEqualTo(fits);
  }
}
