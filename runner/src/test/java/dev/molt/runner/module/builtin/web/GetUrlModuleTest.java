package dev.molt.runner.module.builtin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleKit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GetUrlModuleTest {
  @TempDir Path host;
  @TempDir Path temp;
  private final GetUrlModule getUrl = new GetUrlModule();
  private WebServer server;
  private ModuleKit kit;

  @BeforeEach
  void open() throws Exception {
    server = WebServer.http().text("/file.txt", "hello");
    kit =
        ModuleKit.local()
            .watching(host)
            .environment(Map.of("TMPDIR", temp.toString(), "no_proxy", "127.0.0.1"));
  }

  @AfterEach
  void close() {
    assertThat(temp).as("what is left in the directory for temporary files").isEmptyDirectory();
    kit.close();
    server.close();
  }

  private GetUrlModule.Options options(String path, Object dest, Object... given) {
    Object[] all = new Object[given.length + 4];
    all[0] = "url";
    all[1] = server.url(path);
    all[2] = "dest";
    all[3] = dest;
    System.arraycopy(given, 0, all, 4, given.length);
    return OptionsKit.of(getUrl, all);
  }

  private static String sha256(String text) throws Exception {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  @Test
  void fetchesWhatIsMissing() throws Exception {
    Path dest = host.resolve("it's here");
    Outcome applied = kit.converges(getUrl, options("/file.txt", dest, "mode", "0600")).applied();
    assertThat(applied.status()).isEqualTo(Status.CHANGED);
    assertThat(dest).hasContent("hello");
    assertThat(Files.getAttribute(dest, "unix:mode")).isEqualTo(0100600);
    MapValue result = applied.result();
    assertThat(result.get("dest")).isEqualTo(Value.of(dest.toString()));
    assertThat(result.get("url")).isEqualTo(Value.of(server.url("/file.txt")));
    assertThat(result.get("status_code")).isEqualTo(Value.of(200));
    assertThat(result.get("msg")).isEqualTo(Value.of("OK (5 bytes)"));
    assertThat(result.get("checksum_dest")).isEqualTo(NullValue.NULL);
    assertThat(result.get("checksum_src"))
        .isEqualTo(Value.of("aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d"));
    assertThat(result.get("md5sum")).isEqualTo(Value.of("5d41402abc4b2a76b9719d911017c592"));
    assertThat(result.get("mode")).isEqualTo(Value.of("0600"));
  }

  @Test
  void asksOnlyForWhatIsNewer() throws Exception {
    Path dest = Files.writeString(host.resolve("f"), "old");
    Files.setLastModifiedTime(dest, FileTime.fromMillis(1_000_000_000_000L));
    server.page(
        "/file.txt",
        a -> {
          boolean known = "Sun, 9 Sep 2001 01:46:40 GMT".equals(a.header("If-Modified-Since"));
          a.reply(known ? 304 : 200, "hello");
        });
    MapValue result = kit.converges(getUrl, options("/file.txt", dest)).applied().result();
    assertThat(result.get("status_code")).isEqualTo(Value.of(304));
    assertThat(dest).hasContent("old");
    kit.converges(getUrl, options("/file.txt", dest, "force", true));
    assertThat(dest).hasContent("hello");
    assertThat(server.last().header("cache-control")).isEqualTo("no-cache");
  }

  @Test
  void believesInAChecksumWithoutAsking() throws Exception {
    Path dest = Files.writeString(host.resolve("f"), "old");
    GetUrlModule.Options options =
        options(
            "/file.txt", dest, "checksum", "sha256:" + sha256("hello").toUpperCase(Locale.ROOT));
    Outcome applied = kit.converges(getUrl, options).applied();
    assertThat(applied.status()).isEqualTo(Status.CHANGED);
    assertThat(dest).hasContent("hello");
    server.lines();
    kit.unchanged(getUrl, options);
    assertThat(server.lines()).isEmpty();
    Outcome mode =
        kit.converges(
                getUrl,
                options("/file.txt", dest, "checksum", "sha256:" + sha256("hello"), "mode", "0640"))
            .applied();
    assertThat(mode.result().get("msg"))
        .isEqualTo(Value.of("file already exists but file attributes changed"));
    assertThat(server.lines()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"%s  file.txt\n", "%s", "x other.txt\n%s *./file.txt\n"})
  void findsAChecksumInAList(String list) throws Exception {
    server.text("/sums", list.formatted(sha256("hello")));
    GetUrlModule.Options options =
        options("/file.txt", host.resolve("f"), "checksum", "sha256:" + server.url("/sums"));
    kit.converges(getUrl, options);
    assertThat(host.resolve("f")).hasContent("hello");
  }

  @Test
  void putsNothingInPlaceThatIsNotAsItShouldBe() throws Exception {
    Path dest = Files.writeString(host.resolve("f"), "old");
    assertThatThrownBy(
            () ->
                kit.apply(
                    getUrl, options("/file.txt", dest, "checksum", "sha256:" + sha256("other"))))
        .hasMessageContaining("did not match")
        .hasMessageContaining(sha256("hello"));
    assertThat(dest).hasContent("old");
    assertThatThrownBy(() -> kit.apply(getUrl, options("/none", host.resolve("g"))))
        .hasMessage("Request failed: HTTP Error 404: Not Found");
    assertThat(host.resolve("g")).doesNotExist();
    server.text("/sums", "x other.txt\ny more.txt\n");
    assertThatThrownBy(
            () ->
                kit.check(
                    getUrl, options("/file.txt", dest, "checksum", "sha1:" + server.url("/sums"))))
        .hasMessageContaining("Unable to find a checksum for file 'file.txt'");
    assertThatThrownBy(() -> kit.check(getUrl, options("/file.txt", dest, "checksum", "sha1")))
        .hasMessageContaining("<algorithm>:<checksum>");
  }

  @Test
  void namesAFileInADirectory() throws Exception {
    server.page("/get", a -> a.set("Location", "/file.txt?x=1").reply(302, ""));
    server.text("/file.txt?x=1", "moved");
    kit.converges(getUrl, options("/get", host));
    assertThat(host.resolve("file.txt")).hasContent("moved");
    server.page(
        "/named",
        a ->
            a.set("Content-Disposition", "attachment; filename=\"../../it is.txt\"")
                .reply(200, "x"));
    kit.converges(getUrl, options("/named", host + "/"));
    assertThat(host.resolve("it is.txt")).hasContent("x");
  }

  @Test
  void keepsTheOldFileWhereAsked() throws Exception {
    Path dest = Files.writeString(host.resolve("f"), "old");
    Outcome applied =
        kit.converges(getUrl, options("/file.txt", dest, "force", true, "backup", true)).applied();
    Path backup = Path.of(((StrValue) applied.result().get("backup_file")).text());
    assertThat(backup).hasContent("old");
  }

  @Test
  void fetchesToADirectoryThatTheTaskNames() throws Exception {
    Path work = Files.createDirectory(host.resolve("work"));
    kit.converges(getUrl, options("/file.txt", host.resolve("f"), "tmp_dest", work));
    assertThat(work).isEmptyDirectory();
    assertThatThrownBy(
            () ->
                kit.apply(
                    getUrl,
                    options("/file.txt", host.resolve("g"), "tmp_dest", host.resolve("none"))))
        .hasMessageContaining("none");
  }
}
