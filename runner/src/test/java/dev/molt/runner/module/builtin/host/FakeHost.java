package dev.molt.runner.module.builtin.host;

import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A host that gives the answers of a list, one to each script, and then the last for ever. */
final class FakeHost implements Connection {
  private final Deque<ScriptResult> answers = new ArrayDeque<>();
  private final List<String> scripts = new ArrayList<>();

  /** Stands for a lost connection. */
  private static final int LOST = -1;

  FakeHost says(String out) {
    return answers(0, out, "");
  }

  FakeHost fails(String err) {
    return answers(1, "", err);
  }

  FakeHost isGone() {
    return answers(LOST, "", "");
  }

  private FakeHost answers(int status, String out, String err) {
    answers.add(
        new ScriptResult(
            status,
            out.getBytes(StandardCharsets.UTF_8),
            err.getBytes(StandardCharsets.UTF_8),
            Duration.ZERO,
            false,
            false));
    return this;
  }

  ModuleKit kit() {
    return new ModuleKit(this);
  }

  /** The scripts that were run, or would have been. */
  List<String> scripts() {
    return scripts;
  }

  @Override
  public Shell shell(Identity identity) {
    return this::run;
  }

  private ScriptResult run(Script script) throws UnreachableException {
    scripts.add(script.text());
    ScriptResult answer = answers.size() > 1 ? answers.remove() : answers.element();
    if (answer.exitStatus() == LOST) {
      throw new UnreachableException("connection refused");
    }
    return answer;
  }

  @Override
  public Socket tunnel(String address, int port, Duration timeout) throws IOException {
    throw new IOException("no tunnel here");
  }

  @Override
  public void close() {
    // Nothing is open.
  }
}
