package dev.molt.dsl.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.security.auth.module.UnixSystem;
import dev.molt.dsl.source.DiagnosticException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose scripts are run. */
class TrustTest {
  /** A user that is nobody here. */
  private static final long ANOTHER = 4_000_000_001L;

  @TempDir Path folder;
  private Path script;

  @BeforeEach
  void write() throws IOException {
    script = folder.resolve("site/hooks/h.groovy");
    Files.createDirectories(script.getParent());
    Files.writeString(script, "");
  }

  private static void mode(Path path, String mode) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
  }

  private static Trust ours() throws IOException {
    return Trust.ofUser(Map.of());
  }

  @Test
  void ourOwnFilesAreTrusted() throws IOException {
    Trust trust = ours();
    assertThatCode(() -> trust.check(script)).doesNotThrowAnyException();
    // As after mkdir in /tmp: others can write there, and not replace what is ours.
    mode(folder.resolve("site"), "rwxr-xr-x");
    Files.setAttribute(folder.resolve("site"), "unix:mode", 01777);
    assertThatCode(() -> trust.check(script)).doesNotThrowAnyException();
  }

  @Test
  void noFolderAboveMayBeWritableByOthers() throws IOException {
    Trust trust = ours();
    for (Path each : Set.of(script, script.getParent(), folder.resolve("site"))) {
      mode(each, "rwxr-xrwx");
      assertThatThrownBy(() -> trust.check(script))
          .isInstanceOf(DiagnosticException.class)
          .hasMessageContaining(each + " can be written by others");
      mode(each, "rwxr-xr-x");
    }
  }

  @Test
  void filesOfAnotherAreRefused() throws IOException {
    Trust trust = new Trust(Set.of(ANOTHER), Set.of(), Path.of("/nowhere"));
    String owner = Files.getOwner(script).getName();
    assertThatThrownBy(() -> trust.check(script))
        .hasMessageContaining(" belongs to " + owner + ", who can change it")
        .hasMessageContaining("refused");
    Trust named = new Trust(Set.of(0L), Set.of(owner), Path.of("/nowhere"));
    assertThatCode(() -> named.check(script)).doesNotThrowAnyException();
  }

  @Test
  void whatHoldsMoltItselfIsNotLookedAt() throws IOException {
    Path site = folder.resolve("site");
    mode(site, "rwxrwxrwx");
    Set<Long> users = new HashSet<>(List.of(0L, new UnixSystem().getUid()));
    Trust inside = new Trust(users, Set.of(), site.resolve("molt.jar"));
    assertThatCode(() -> inside.check(script)).doesNotThrowAnyException();
    Trust outside = new Trust(users, Set.of(), folder.resolve("molt.jar"));
    assertThatThrownBy(() -> outside.check(script)).hasMessageContaining("can be written");
  }

  @Test
  void aLinkLeadsThroughFoldersThatAreLookedAtToo() throws IOException {
    Path open = folder.resolve("open");
    Files.createDirectories(open);
    Path target = Files.writeString(open.resolve("t.groovy"), "");
    mode(open, "rwxrwxrwx");
    Path link = Files.createSymbolicLink(script.resolveSibling("l.groovy"), target);
    Trust trust = ours();
    assertThatThrownBy(() -> trust.check(link)).hasMessageContaining(open + " can be written");
  }

  @Test
  void everyLinkOfAChainIsLookedAt() throws IOException {
    Path open = Files.createDirectories(folder.resolve("open"));
    Path safe = Files.writeString(folder.resolve("site/x.groovy"), "");
    Path middle = Files.createSymbolicLink(open.resolve("m.groovy"), safe);
    Path link = Files.createSymbolicLink(script.resolveSibling("c.groovy"), middle);
    mode(open, "rwxrwxrwx");
    Trust trust = ours();
    assertThatThrownBy(() -> trust.check(link)).hasMessageContaining(open + " can be written");
  }

  @Test
  void aGroupThatIsTheOwnersAloneMayWrite() throws Exception {
    mode(script, "rw-rw-r--");
    String owner = Files.getOwner(script).getName();
    assertThat(Files.readAttributes(script, PosixFileAttributes.class).group().getName())
        .isEqualTo(owner);
    Trust trust = ours();
    assertThatCode(() -> trust.check(script)).doesNotThrowAnyException();
    Process acl = new ProcessBuilder("setfacl", "-m", "u:nobody:rw", script.toString()).start();
    assertThat(acl.waitFor()).isZero();
    assertThatThrownBy(() -> trust.check(script)).hasMessageContaining("can be written");
  }

  @Test
  void sudoRunsWhatBelongsToWhoCalledIt() throws IOException {
    boolean root = new UnixSystem().getUid() == 0;
    Trust trust = Trust.ofUser(Map.of("SUDO_UID", Long.toString(ANOTHER)));
    if (root) {
      Files.setAttribute(script, "unix:uid", (int) ANOTHER);
    }
    assertThatCode(() -> trust.check(script)).doesNotThrowAnyException();
    if (root) {
      Trust without = ours();
      assertThatThrownBy(() -> without.check(script)).hasMessageContaining("belongs to");
    }
  }
}
