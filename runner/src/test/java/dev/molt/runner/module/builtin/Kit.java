package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.engine.HostTarget;
import dev.molt.runner.engine.ModuleRun;
import dev.molt.runner.engine.ModuleRun.Outcome;
import dev.molt.runner.module.Expression;
import dev.molt.runner.module.Foreseen;
import dev.molt.runner.module.Module;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.Shell;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Runs a module as the engine does, on a host whose answers a test writes. */
final class Kit {
  final List<String> progress = new ArrayList<>();
  final List<String> scripts = new ArrayList<>();
  final Foreseen foreseen = new Foreseen();
  private final HostTarget target;

  Kit(Connection connection) {
    target =
        new HostTarget(
            "n1",
            () -> connection,
            Identity.LOGIN,
            Map.of(),
            foreseen,
            (kind, name) -> java.nio.file.Path.of(name),
            progress::add);
  }

  /** A host that must not be reached at all. */
  static Kit unreached() {
    return scripted(
        script -> {
          throw new AssertionError("ran a script: " + script.text());
        });
  }

  /** A host whose shell is this function. */
  static Kit scripted(Function<Script, ScriptResult> answer) {
    Kit[] self = new Kit[1];
    self[0] =
        new Kit(
            new FakeConnection(
                script -> {
                  self[0].scripts.add(script.text());
                  return answer.apply(script);
                }));
    return self[0];
  }

  <P extends Record> Outcome check(Module<P> module, P options) throws Exception {
    return ModuleRun.execute(module, options, target, true);
  }

  <P extends Record> Outcome apply(Module<P> module, P options) throws Exception {
    return ModuleRun.execute(module, options, target, false);
  }

  static ScriptResult answer(int status, String out, String err) {
    return new ScriptResult(
        status,
        out.getBytes(StandardCharsets.UTF_8),
        err.getBytes(StandardCharsets.UTF_8),
        Duration.ofMillis(5),
        false,
        false);
  }

  static String text(MapValue result, String key) {
    return ((StrValue) result.get(key)).text();
  }

  static Expression expression(String text, Value value) {
    return new Expression() {
      @Override
      public String text() {
        return text;
      }

      @Override
      public Value evaluate() {
        return value;
      }
    };
  }

  private record FakeConnection(Function<Script, ScriptResult> answer) implements Connection {
    @Override
    public Shell shell(Identity identity) {
      return answer::apply;
    }

    @Override
    public Socket tunnel(String address, int port, Duration timeout) throws IOException {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(address, port), (int) timeout.toMillis());
      return socket;
    }

    @Override
    public void close() {}
  }
}
