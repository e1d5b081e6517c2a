package dev.molt.runner.repl;

import dev.molt.runner.engine.Session;
import java.util.List;

/** Runs playbooks in a session. */
public interface Playbooks {
  /**
   * Runs what {@code molt run} would with these words, on the session's connections, and prints it
   * as that does.
   *
   * @param check whether to change nothing, whatever the words say
   * @param readOnly whether no task can change anything, whatever it says
   * @param limit a pattern of hosts, where the words do not name one
   * @return its exit status
   * @throws dev.molt.dsl.source.DiagnosticException for what is wrong before anything was run
   */
  int run(List<String> words, boolean check, boolean readOnly, String limit, Session session);

  /**
   * Whether these words ask for nothing that changes anything.
   *
   * @throws dev.molt.dsl.source.DiagnosticException for words that are no arguments
   */
  boolean looksOnly(List<String> words);
}
