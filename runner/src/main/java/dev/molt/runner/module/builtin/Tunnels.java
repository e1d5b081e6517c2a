package dev.molt.runner.module.builtin;

import java.io.IOException;
import java.util.Locale;

/** What a tunnel's failure means. */
final class Tunnels {
  private Tunnels() {}

  /** Whether the node's sshd forbade the tunnel, which says nothing of the port behind it. */
  static boolean forbidden(IOException e) {
    String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return words.contains("prohibited") || words.contains("forbids tunnels");
  }
}
