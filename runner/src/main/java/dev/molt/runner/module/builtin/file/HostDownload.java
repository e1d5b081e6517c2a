package dev.molt.runner.module.builtin.file;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.module.files.Digests;
import dev.molt.runner.module.files.HostPath;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.Optional;

/**
 * Brings one file of a host here, piece by piece, so that its length does not matter. It appears
 * under its name when it is whole. Used once.
 */
final class HostDownload {
  private static final int PIECE = 8 << 20;

  private final String source;
  private final Path dest;
  private boolean changed;
  private String sha1 = "";
  private String md5 = "";

  /** The host would not give it. */
  static final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    private final boolean missing;

    Refused(String message, boolean missing) {
      super(message);
      this.missing = missing;
    }

    boolean isMissing() {
      return missing;
    }
  }

  HostDownload(String source, Path dest) {
    this.source = source;
    this.dest = dest;
  }

  /** Whether the file here was another one or none; likewise the digests of the file. */
  boolean changed() {
    return changed;
  }

  String sha1() {
    return sha1;
  }

  String md5() {
    return md5;
  }

  /**
   * Fetches.
   *
   * @param validate whether to compare what came with what the host said
   */
  void run(boolean validate, Target target)
      throws Refused, ModuleException, UnreachableException, InterruptedException {
    try {
      Optional<String> here = here();
      ScriptResult answer = target.read(script(first(here.orElse(""))));
      if (!answer.ok()) {
        throw refused(answer.err().strip());
      }
      byte[] out = answer.stdout();
      int end = 0;
      while (end < out.length && out[end] != '\n') {
        end++;
      }
      String[] said = new String(out, 0, end, StandardCharsets.US_ASCII).split(" ");
      sha1 = said[1];
      changed = !here.equals(Optional.of(sha1));
      if (changed) {
        bring(Long.parseLong(said[0]), out, end + 1, validate, target);
      }
    } catch (IOException e) {
      throw new ModuleException("Failed to fetch the file: " + e.getMessage(), e);
    }
  }

  private Optional<String> here() throws IOException {
    if (!Files.isRegularFile(dest)) {
      return Optional.empty();
    }
    MessageDigest digest = Digests.sha1();
    MessageDigest second = Digests.md5();
    Digests.update(dest, digest, second);
    md5 = Digests.hex(second);
    return Optional.of(Digests.hex(digest));
  }

  private static Script script(String text) {
    return new Script(
        text, Optional.empty(), Script.DEFAULT_DEADLINE, PIECE + 1024L, Optional.empty());
  }

  private String first(String here) {
    return """
    LC_ALL=C; export LC_ALL
    if [ -d @ ]; then echo 'Is a directory' >&2; exit 1; fi
    h=$(sha1sum <@) && s=$(stat -Lc %s -- @) || { cat -- @ >/dev/null; exit 1; }
    echo "$s ${h%% *}"
    case $h in #*) ;; *) head -c % -- @ ;; esac
    """
        .replace("@", ShellQuote.quote(source))
        .replace("#", here.isEmpty() ? "none" : here)
        .replace("% -- ", PIECE + " -- ");
  }

  private static Refused refused(String said) {
    if (said.endsWith("No such file or directory")) {
      return new Refused("file not found", true);
    } else if (said.endsWith("Is a directory")) {
      return new Refused("remote file is a directory, fetch cannot work on directories", false);
    } else if (said.endsWith("Permission denied")) {
      return new Refused("file is not readable: Permission denied", false);
    }
    return new Refused(said, false);
  }

  private void bring(long size, byte[] first, int from, boolean validate, Target target)
      throws IOException, ModuleException, UnreachableException, InterruptedException {
    Files.createDirectories(dest.getParent());
    Path part = dest.resolveSibling(HostPath.temporaryName());
    MessageDigest digest = Digests.sha1();
    MessageDigest second = Digests.md5();
    try {
      try (OutputStream out = Files.newOutputStream(part)) {
        long done = (long) first.length - from;
        out.write(first, from, first.length - from);
        digest.update(first, from, first.length - from);
        second.update(first, from, first.length - from);
        while (done < size) {
          byte[] piece = piece(done, target);
          out.write(piece);
          digest.update(piece);
          second.update(piece);
          done += piece.length;
          target.progress("received " + done + " of " + size + " bytes");
        }
      }
      md5 = Digests.hex(second);
      String came = Digests.hex(digest);
      if (validate && !came.equals(sha1)) {
        throw new ModuleException(
            "checksum mismatch: " + source + " changed while it was being fetched");
      }
      Files.move(part, dest, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private byte[] piece(long done, Target target)
      throws IOException, ModuleException, UnreachableException, InterruptedException {
    ScriptResult answer =
        target.read(
            script(
                "tail -c +"
                    + (done + 1)
                    + " -- "
                    + ShellQuote.quote(source)
                    + " | head -c "
                    + PIECE));
    if (!answer.ok() || answer.stdout().length == 0) {
      throw new IOException(
          source + " became shorter while it was being fetched " + answer.err().strip());
    }
    return answer.stdout();
  }
}
