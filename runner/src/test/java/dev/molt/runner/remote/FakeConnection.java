package dev.molt.runner.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/**
 * A host that answers from a script and remembers what it was asked.
 *
 * <pre>
 * FakeConnection web1 = new FakeTransport().host("web1");
 * web1.when("systemctl show").answer("active\n").then(3, "", "gone\n");
 * web1.when(ran -> ran.text().startsWith("rm ")).lose();
 * ...
 * assertThat(web1.runs()).extracting(FakeConnection.Ran::text).containsExactly(...);
 * </pre>
 *
 * The latest rule that fits answers; a script that none fits fails the test. Thread-safe.
 */
public final class FakeConnection implements Connection {
  /** One script that was run. */
  public record Ran(Identity identity, Script script, String text, String stdin) {}

  /** Gives a script its answer, or throws what the real thing would. */
  @FunctionalInterface
  public interface Answer {
    ScriptResult to(Ran ran) throws UnreachableException, InterruptedException;
  }

  /** A result, for {@link Rule#answer(Answer)}. */
  public static ScriptResult result(int status, String out, String err) {
    return new ScriptResult(
        status,
        out.getBytes(StandardCharsets.UTF_8),
        err.getBytes(StandardCharsets.UTF_8),
        Duration.ofMillis(1),
        false,
        false);
  }

  private final String name;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final List<Ran> runs = new CopyOnWriteArrayList<>();
  private final Map<String, String> refused = new ConcurrentHashMap<>();
  private final Map<String, Socket> tunnels = new ConcurrentHashMap<>();
  private volatile boolean closed;

  FakeConnection(String name) {
    this.name = name;
  }

  /** Answers, in turn, to scripts that fit; the last one again and again. */
  public static final class Rule {
    private final Predicate<Ran> fits;
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private int next;

    private Rule(Predicate<Ran> fits) {
      this.fits = fits;
    }

    /** Exit status 0 and this on stdout. */
    public Rule answer(String out) {
      return then(0, out, "");
    }

    public Rule then(int status, String out, String err) {
      answers.add(ran -> result(status, out, err));
      return this;
    }

    /** The script runs past its deadline. */
    public Rule timeOut() {
      answers.add(
          ran ->
              new ScriptResult(
                  124, new byte[0], new byte[0], ran.script().deadline(), true, false));
      return this;
    }

    /** The connection is lost while the script runs. */
    public Rule lose() {
      answers.add(
          ran -> {
            throw new UnreachableException("the connection was lost 0.1 s into a script");
          });
      return this;
    }

    public Rule answer(Answer answer) {
      answers.add(answer);
      return this;
    }

    private synchronized Answer next() {
      if (answers.isEmpty()) {
        return ran -> result(0, "", "");
      }
      return answers.get(Math.min(next++, answers.size() - 1));
    }
  }

  /** A rule for scripts that contain this; without an answer it gives exit status 0 and nothing. */
  public Rule when(String part) {
    return when((Ran ran) -> ran.text().contains(part));
  }

  public Rule when(Predicate<Ran> fits) {
    Rule rule = new Rule(fits);
    rules.add(0, rule);
    return rule;
  }

  /** Has becoming this user fail. */
  public FakeConnection refuse(String user, String why) {
    refused.put(user, why);
    return this;
  }

  /** What a tunnel to this place gives. */
  public FakeConnection tunnel(String address, int port, Socket socket) {
    tunnels.put(address + ":" + port, socket);
    return this;
  }

  public List<Ran> runs() {
    return List.copyOf(runs);
  }

  public boolean closed() {
    return closed;
  }

  @Override
  public Shell shell(Identity identity) throws BecomeException {
    String why = refused.get(identity.user());
    if (why != null) {
      throw new BecomeException(name + ": cannot become " + identity.user() + ": " + why);
    }
    return script -> run(identity, script);
  }

  private ScriptResult run(Identity identity, Script script)
      throws UnreachableException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    Ran ran = new Ran(identity, script, script.text(), stdin(script));
    runs.add(ran);
    for (Rule rule : rules) {
      if (rule.fits.test(ran)) {
        ScriptResult result = rule.next().to(ran);
        script
            .onLine()
            .ifPresent(
                l -> {
                  result.out().lines().forEach(line -> l.line(false, line));
                  result.err().lines().forEach(line -> l.line(true, line));
                });
        return result;
      }
    }
    throw new AssertionError(name + " was not told what to answer to:\n" + script.text());
  }

  private static String stdin(Script script) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (script.stdin().isPresent()) {
      try {
        script.stdin().get().writeTo(bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return bytes.toString(StandardCharsets.ISO_8859_1);
  }

  @Override
  public Socket tunnel(String address, int port, Duration timeout) throws IOException {
    Socket socket = tunnels.get(address + ":" + port);
    if (socket == null) {
      throw new IOException(name + ": cannot connect to " + address + ":" + port + " from there");
    }
    return socket;
  }

  @Override
  public void close() {
    closed = true;
  }
}
