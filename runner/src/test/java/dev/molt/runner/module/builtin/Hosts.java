package dev.molt.runner.module.builtin;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.Expression;
import dev.molt.runner.module.ModuleKit;
import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.local.LocalTransport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Hosts whose answers a test writes, and shorthands for what goes in and comes out. */
final class Hosts {
  private Hosts() {}

  /** A host that must not be reached at all. */
  static ModuleKit unreached() {
    return scripted(
        script -> {
          throw new AssertionError("ran a script: " + script.text());
        });
  }

  /** A host whose shell is this function; its tunnels are sockets of this machine. */
  static ModuleKit scripted(Function<Script, ScriptResult> answer) {
    return new ModuleKit(new ScriptedConnection(answer));
  }

  /** This machine, through the transport that a run uses. */
  static ModuleKit local(LocalTransport transport) {
    return new ModuleKit(
        transport.open(
            new ConnectionSettings(
                "testhost",
                "localhost",
                22,
                "",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(),
                Duration.ofSeconds(5),
                Optional.empty())));
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

  private record ScriptedConnection(Function<Script, ScriptResult> answer) implements Connection {
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
