package dev.molt.runner.module.builtin.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.Json;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.ModuleRun.Status;
import dev.molt.runner.engine.OptionsKit;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.ModuleKit;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriModuleTest {
  @TempDir Path host;
  @TempDir Path temp;
  private final UriModule uri = new UriModule();
  private WebServer server;
  private ModuleKit kit;

  @BeforeEach
  void open() throws Exception {
    server = WebServer.http().text("/", "hello");
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

  private UriModule.Options options(String path, Object... given) {
    Object[] all = new Object[given.length + 2];
    all[0] = "url";
    all[1] = path.startsWith("/") ? server.url(path) : path;
    System.arraycopy(given, 0, all, 2, given.length);
    return OptionsKit.of(uri, all);
  }

  private MapValue ask(String path, Object... given) throws Exception {
    return kit.apply(uri, options(path, given)).result();
  }

  /** On a host that has only one of the two programs. */
  private void only(String program) throws Exception {
    Path bin = Files.createDirectory(host.resolve("bin"));
    for (String each :
        List.of(
            program,
            "sh",
            "cat",
            "head",
            "mktemp",
            "rm",
            "sed",
            "tail",
            "tr",
            "touch",
            "wc",
            "grep",
            "md5sum",
            "sha1sum",
            "sha256sum")) {
      for (String where : List.of("/usr/bin/", "/bin/")) {
        Path real = Path.of(where + each);
        if (Files.exists(real) && Files.notExists(bin.resolve(each))) {
          Files.createSymbolicLink(bin.resolve(each), real);
        }
      }
    }
    kit.environment(
        Map.of("TMPDIR", temp.toString(), "no_proxy", "127.0.0.1", "PATH", bin.toString()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void asks(String program) throws Exception {
    only(program);
    server.page(
        "/a?b=[c]",
        a -> a.set("X-More-Of", "1").set("Set-Cookie", "k=v; Path=/").reply(200, "grün"));
    MapValue result =
        ask(
            "/a?b=[c]",
            "return_content",
            true,
            "headers",
            Json.parse("{\"X-It\": \"it's \\\"so\\\" \\\\ # $x\"}"));
    assertThat(result.get("status")).isEqualTo(Value.of(200));
    assertThat(result.get("msg")).isEqualTo(Value.of("OK (5 bytes)"));
    assertThat(result.get("content")).isEqualTo(Value.of("grün"));
    assertThat(result.get("x_more_of")).isEqualTo(Value.of("1"));
    assertThat(result.get("cookies_string")).isEqualTo(Value.of("k=v"));
    assertThat(result.get("changed")).isEqualTo(BoolValue.FALSE);
    assertThat(result.get("redirected")).isEqualTo(BoolValue.FALSE);
    assertThat(server.last().header("X-It")).isEqualTo("it's \"so\" \\ # $x");
    assertThat(server.last().header("User-Agent")).isEqualTo("ansible-httpget");
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void sendsABody(String program) throws Exception {
    only(program);
    server.page("/post", a -> a.set("Content-Type", "application/json").reply(201, a.body()));
    MapValue result =
        ask(
            "/post",
            "method",
            "PUT",
            "body",
            Json.parse("{\"a\": [1, \"ü\"]}"),
            "body_format",
            "json",
            "status_code",
            List.of(200, 201));
    assertThat(Json.write(result.get("json"))).isEqualTo("{\"a\": [1, \"\\u00fc\"]}");
    assertThat(server.last().line()).isEqualTo("PUT /post");
    assertThat(server.last().header("Content-Type")).isEqualTo("application/json");
    ask("/post", "method", "POST", "status_code", 201);
    assertThat(server.last().line()).isEqualTo("POST /post");
    ask("/post", "method", "DELETE", "body", "x", "status_code", 201);
    assertThat(server.last().body()).isEqualTo("x");
    MapValue head = ask("/", "method", "HEAD", "return_content", true);
    assertThat(head.get("content")).isEqualTo(Value.of(""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void logsInWithoutShowingAnything(String program) throws Exception {
    only(program);
    server.page(
        "/in",
        a -> {
          if (a.header("Authorization") == null) {
            a.set("WWW-Authenticate", "Basic realm=\"x\"").reply(401, "who?");
          } else {
            a.reply(200, a.header("Authorization"));
          }
        });
    MapValue result = ask("/in", "user", "me", "password", "s\"e\\c t", "return_content", true);
    assertThat(result.get("content")).isEqualTo(Value.of("Basic bWU6cyJlXGMgdA=="));
    assertThat(server.lines()).hasSize(2);
    ask("/in", "url_username", "me", "url_password", "x", "force_basic_auth", true);
    assertThat(server.lines()).hasSize(1);
    assertThatThrownBy(() -> ask("/in"))
        .hasMessage("Status code was 401 and not [200]: HTTP Error 401: Unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {"curl", "wget"})
  void saysWhyThereIsNoAnswer(String program) throws Exception {
    only(program);
    assertThatThrownBy(() -> ask("http://127.0.0.1:1/"))
        .hasMessageStartingWith("Status code was -1 and not [200]: Request failed: ")
        .isInstanceOfSatisfying(
            ModuleException.class,
            e -> assertThat(e.result().get("status")).isEqualTo(Value.of(-1)));
  }

  @Test
  void needsAProgram() throws Exception {
    only("true");
    assertThatThrownBy(() -> ask("/")).hasMessageContaining("neither curl nor GNU wget");
  }

  @ParameterizedTest
  @CsvSource({
    "GET, 302, safe, 200, GET /",
    "GET, 308, safe, 200, GET /",
    "POST, 302, safe, 302, POST /to",
    "POST, 302, all, 200, GET /",
    "POST, 307, all, 200, POST /",
    "POST, 303, urllib2, 200, GET /",
    "POST, 307, urllib2, 307, POST /to",
    "PUT, 301, all, 200, PUT /",
    "GET, 302, none, 302, GET /to",
  })
  void followsReferences(String method, int refers, String follow, int status, String last)
      throws Exception {
    server.page("/to", a -> a.set("Location", "/").set("Set-Cookie", "a=1").reply(refers, ""));
    MapValue result =
        ask(
            "/to",
            "method",
            method,
            "follow_redirects",
            follow,
            "status_code",
            status,
            "headers",
            Json.parse("{\"X-Kept\": \"1\", \"X-Dropped\": \"1\"}"),
            "unredirected_headers",
            List.of("x-dropped"));
    assertThat(server.last().line()).isEqualTo(last);
    boolean followed = status == 200;
    assertThat(result.get("redirected")).isEqualTo(BoolValue.of(followed));
    assertThat(server.last().header("X-Kept")).isEqualTo("1");
    assertThat(server.last().header("X-Dropped")).isEqualTo(followed ? null : "1");
    assertThat(server.last().header("Cookie")).isEqualTo(followed ? "a=1" : null);
    if (!followed) {
      assertThat(result.get("location")).isEqualTo(Value.of(server.url("/")));
    }
  }

  @Test
  void tellsAnotherServerNoSecrets() throws Exception {
    try (WebServer other = WebServer.http().text("/", "other")) {
      server.page("/away", a -> a.set("Location", other.url("/")).reply(302, ""));
      ask(
          "/away",
          "url_username",
          "me",
          "url_password",
          "x",
          "force_basic_auth",
          true,
          "headers",
          Json.parse("{\"Cookie\": \"c=1\"}"));
      assertThat(server.last().header("Authorization")).isNotNull();
      assertThat(other.last().header("Authorization")).isNull();
      assertThat(other.last().header("Cookie")).isNull();
    }
  }

  @Test
  void goesInNoCircles() {
    server.page("/to", a -> a.set("Location", "/to").reply(302, ""));
    assertThatThrownBy(() -> ask("/to")).hasMessageContaining("more than 10 redirections");
  }

  @Test
  void trustsNobodyUnlessTold() throws Exception {
    try (WebServer secure = WebServer.https(host)) {
      secure
          .text("/", "secret")
          .page("/down", a -> a.set("Location", server.url("/")).reply(302, ""));
      assertThatThrownBy(() -> ask(secure.url("/"))).hasMessageContaining("certificate");
      ask(secure.url("/"), "validate_certs", false);
      ask(secure.url("/"), "ca_path", host.resolve("cert.pem"));
      assertThatThrownBy(() -> ask(secure.url("/down"), "validate_certs", false))
          .hasMessageContaining("not encrypted");
      assertThat(server.lines()).isEmpty();
    }
  }

  @Test
  void keepsTheBodyInAFile() throws Exception {
    Path dest = host.resolve("f");
    MapValue result = ask("/", "dest", dest, "mode", "0600", "return_content", true);
    assertThat(dest).hasContent("hello");
    assertThat(Files.getAttribute(dest, "unix:mode")).isEqualTo(0100600);
    assertThat(result.get("path")).isEqualTo(Value.of(dest.toString()));
    assertThat(result.get("content")).isEqualTo(Value.of("hello"));
    assertThat(result.get("changed")).isEqualTo(BoolValue.TRUE);
    server.page("/", a -> a.reply(a.header("If-Modified-Since") == null ? 200 : 304, "new"));
    result = ask("/", "dest", dest, "status_code", List.of(200, 304));
    assertThat(result.get("changed")).isEqualTo(BoolValue.FALSE);
    assertThat(dest).hasContent("hello");
    assertThatThrownBy(() -> ask("/none", "dest", host.resolve("g"))).hasMessageContaining("404");
    assertThat(host.resolve("g")).doesNotExist();
  }

  @Test
  void isNotAskedWhereThereIsNothingToDo() throws Exception {
    Path there = Files.writeString(host.resolve("there"), "");
    assertThat(kit.check(uri, options("/")).status()).isEqualTo(Status.UNKNOWN);
    MapValue result = ask("/", "creates", there);
    assertThat(result.get("stdout")).isEqualTo(Value.of("skipped, since '" + there + "' exists"));
    result = ask("/", "removes", host.resolve("none"));
    assertThat(result.get("stdout").toString()).contains("does not exist");
    assertThat(server.lines()).isEmpty();
    ask("/", "creates", host.resolve("none"), "removes", there);
    assertThat(server.lines()).hasSize(1);
  }

  @Test
  void sendsAFile() throws Exception {
    Path file = Files.writeString(host.resolve("f"), "one\r\ntwo\n");
    ask("/", "method", "POST", "src", file);
    assertThat(server.last().body()).isEqualTo("one\r\ntwo\n");
    ask("/", "method", "PUT", "src", file, "remote_src", true);
    assertThat(server.last().body()).isEqualTo("one\r\ntwo\n");
    assertThatThrownBy(() -> ask("/", "src", file, "body", "x"))
        .hasMessageContaining("mutually exclusive");
  }

  @Test
  void writesForms() throws Exception {
    ask(
        "/",
        "method",
        "POST",
        "body_format",
        "form-urlencoded",
        "body",
        Json.parse("{\"a b\": [\"1&2\", \"ü~*\"], \"n\": null, \"x\": 1}"));
    assertThat(server.last().body()).isEqualTo("a+b=1%262&a+b=%C3%BC~%2A&x=1");
    ask(
        "/",
        "method",
        "POST",
        "body_format",
        "form-urlencoded",
        "body",
        Json.parse("[[\"a\", \"1\"], [\"a\", \"2\"]]"));
    assertThat(server.last().body()).isEqualTo("a=1&a=2");
    Path file = Files.writeString(host.resolve("f.txt"), "in it");
    ask(
        "/",
        "method",
        "POST",
        "body_format",
        "form-multipart",
        "body",
        Json.parse(
            "{\"t\": \"v\", \"f\": {\"filename\": \""
                + file
                + "\"}, \"g\": {\"filename\": \"x.json\", \"content\": \"{}\", \"mime_type\":"
                + " \"application/json\"}}"));
    String boundary = server.last().header("Content-Type").replaceFirst(".*boundary=", "");
    assertThat(server.last().body().replace(boundary, "B"))
        .isEqualTo(
            """
            --B
            Content-Disposition: form-data; name="t"

            v
            --B
            Content-Disposition: form-data; name="f"; filename="f.txt"
            Content-Type: text/plain

            in it
            --B
            Content-Disposition: form-data; name="g"; filename="x.json"
            Content-Type: application/json

            {}
            --B--
            """
                .replace("\n", "\r\n"));
  }

  @Test
  void refusesWhatWouldBeMoreThanAHeader() {
    assertThatThrownBy(() -> ask("/", "headers", Json.parse("{\"X\": \"a\\nb: c\"}")))
        .hasMessageContaining("line break");
    assertThatThrownBy(() -> ask("/", "method", "G T")).hasMessageContaining("single word");
    assertThatThrownBy(() -> ask("/", "follow_redirects", "x")).hasMessageContaining("urllib2");
  }
}
