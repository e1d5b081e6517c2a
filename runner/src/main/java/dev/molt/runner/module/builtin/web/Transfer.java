package dev.molt.runner.module.builtin.web;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Expansion;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One request that the host makes, in one round trip.
 *
 * @param body how many bytes of an answer's body to bring here
 * @param digests whether to digest the body
 * @param keep a directory to keep the body in; empty text for where programs put such files. None
 *     is kept of an answer that is no success
 */
record Transfer(Settings settings, int body, boolean digests, Optional<String> keep) {
  private static final String PROLOGUE =
      """
      umask 077
      T=$(mktemp -d "${TMPDIR:-/tmp}/molt.XXXXXX") || exit 1
      O=$T/out
      trap 'rm -rf -- "$T"' EXIT
      trap 'rm -f -- "$O"; exit 129' HUP
      trap 'rm -f -- "$O"; exit 130' INT
      trap 'rm -f -- "$O"; exit 143' TERM
      """;

  private static final String RUN =
      """
      : >"$T/head"; : >"$T/error"; : >"$O"
      if command -v curl >/dev/null 2>&1; then
        set -- -q -K "$T/curlrc" -D "$T/head" -o "$O"
        [ -z "$Q" ] || set -- "$@" --data-binary "@$Q"
        if [ -n "$Z" ] && curl -V | grep -q libz; then set -- "$@" --compressed; fi
        curl "$@" 2>"$T/error"; r=$?
      elif wget --version 2>/dev/null | grep -q 'GNU Wget'; then
        if [ -n "$C" ]; then echo 'only curl can do this, and it is not on the host' >&2; exit 127; fi
        [ -z "$Q" ] || printf 'body_file = %s\\n' "$Q" >>"$T/wgetrc"
        WGETRC=$T/wgetrc wget -i "$T/url" -O "$O" 2>"$T/both"; r=$?
        sed -n 's/^  //p' "$T/both" >"$T/head"
        sed '/^  /d' "$T/both" >"$T/error"
        case $r in 6 | 8) r=0;; esac
      else
        echo 'neither curl nor GNU wget is on the host: install one of them' >&2; exit 127
      fi
      """;

  private static final String KEEP =
      """
      s=$(sed -n 's/^HTTP[^ ]* \\([0-9]*\\).*/\\1/p' "$T/head" | tail -n 1)
      case $r.$s in 0. | 0.2*) ;; *) rm -f -- "$O"; O=$T/none; : >"$O";; esac
      """;

  private static final String DIGESTS =
      """
      for a in md5 sha1 sha224 sha256 sha384 sha512; do
        h=$(${a}sum <"$O" 2>/dev/null) && printf '%s %s\\n' $a "${h%% *}"
      done >"$T/sums"
      """;

  private static final String TELL =
      """
      touch "$T/sums"
      size() { wc -c <"$1" | tr -d ' \\n'; }
      echo "$r $(size "$T/head") $(size "$T/error") $(size "$T/sums") $(size "$O") $O"
      cat "$T/head" "$T/error" "$T/sums"
      head -c BODY "$O"
      """;

  /**
   * Asks.
   *
   * @throws ModuleException if the host has nothing to ask with
   */
  Response send(Request request, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    byte[] curl = settings.curl(request).getBytes(StandardCharsets.UTF_8);
    byte[] wget = settings.wget(request).getBytes(StandardCharsets.UTF_8);
    byte[] url = (request.url() + "\n").getBytes(StandardCharsets.UTF_8);
    StringBuilder text = new StringBuilder(PROLOGUE);
    keep.ifPresent(
        dir ->
            text.append("O=$(mktemp -- ")
                .append(dir.isEmpty() ? "\"${TMPDIR:-/tmp}\"" : Expansion.shell(dir))
                .append("/molt.XXXXXX) || exit 1\n"));
    text.append("head -c ").append(curl.length).append(" >\"$T/curlrc\"\n");
    text.append("head -c ").append(wget.length).append(" >\"$T/wgetrc\"\n");
    text.append("head -c ").append(url.length).append(" >\"$T/url\"\n");
    text.append("Q=").append(request.bodyFile().map(Expansion::shell).orElse("")).append('\n');
    if (request.body().isPresent()) {
      text.append("Q=$T/body; cat >\"$Q\"\n");
    }
    text.append("Z=").append(settings.options().decompress() ? "y" : "").append('\n');
    text.append("C=").append(settings.needCurl() ? "y" : "").append('\n');
    text.append(RUN);
    text.append(keep.isPresent() ? KEEP : "").append(digests ? DIGESTS : "");
    text.append(TELL.replace("BODY", Integer.toString(body)));
    Script script =
        new Script(
            text.toString(),
            Optional.of(joined(List.of(curl, wget, url), request.body())),
            target.deadline(),
            Script.DEFAULT_MAX_OUTPUT + body,
            Optional.empty());
    ScriptResult reply = keep.isPresent() ? target.write(script) : target.read(script);
    if (!reply.ok() || reply.timedOut()) {
      throw new ModuleException(
          "cannot ask for "
              + request.url()
              + ": "
              + (reply.timedOut() ? "not done within " + script.deadline() : reply.err().strip()));
    }
    return parse(request, reply.stdout());
  }

  private static Content joined(List<byte[]> settings, Optional<Content> body) {
    return new Content() {
      @Override
      public long length() {
        return settings.stream().mapToLong(s -> s.length).sum()
            + body.map(Content::length).orElse(0L);
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        for (byte[] each : settings) {
          out.write(each);
        }
        if (body.isPresent()) {
          body.get().writeTo(out);
        }
      }
    };
  }

  private Response parse(Request request, byte[] reply) {
    int from = 0;
    while (reply[from] != '\n') {
      from++;
    }
    String[] sizes = text(reply, 0, from).split(" ", 6);
    from++;
    final int headEnd = from + Integer.parseInt(sizes[1]);
    final int errorEnd = headEnd + Integer.parseInt(sizes[2]);
    final int sumsEnd = errorEnd + Integer.parseInt(sizes[3]);
    Response.Head head = Response.Head.parse(text(reply, from, headEnd));
    // Of these curl writes the headers once more, as it would a body.
    final boolean bare = request.method().equals("HEAD");
    boolean done = sizes[0].equals("0");
    Map<String, String> sums = new LinkedHashMap<>();
    text(reply, errorEnd, sumsEnd)
        .lines()
        .map(line -> line.split(" "))
        .forEach(sum -> sums.put(sum[0], sum[1]));
    String error = text(reply, headEnd, errorEnd).strip().lines().findFirst().orElse("");
    return new Response(
        request.url(),
        done ? (head.status() == 0 ? 200 : head.status()) : -1,
        done ? head.reason() : "Request failed: " + (error.isEmpty() ? "no answer" : error),
        head.headers(),
        cookies(head.cookies()),
        bare ? new byte[0] : Arrays.copyOfRange(reply, sumsEnd, reply.length),
        bare ? 0 : Long.parseLong(sizes[4]),
        sums,
        keep.map(dir -> sizes[5]).filter(path -> !path.endsWith("/none")));
  }

  private static Map<String, String> cookies(List<String> lines) {
    Map<String, String> cookies = new LinkedHashMap<>();
    for (String line : lines) {
      String[] pair = line.split(";", 2)[0].split("=", 2);
      if (pair.length == 2) {
        cookies.put(pair[0].strip(), pair[1].strip());
      }
    }
    return cookies;
  }

  private static String text(byte[] bytes, int from, int to) {
    return new String(bytes, from, to - from, StandardCharsets.UTF_8);
  }
}
