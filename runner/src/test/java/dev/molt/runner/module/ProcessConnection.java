package dev.molt.runner.module;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Identity;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.Shell;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * A new {@code sh} for each script: the least that module tests need, whatever the state of the
 * real transports.
 */
public final class ProcessConnection implements Connection {
  @Override
  public Shell shell(Identity identity) {
    return ProcessConnection::run;
  }

  private static ScriptResult run(Script script) throws UnreachableException, InterruptedException {
    long start = System.nanoTime();
    try {
      // The text goes to a file since an argument has a limit of 128 KiB.
      java.nio.file.Path text = java.nio.file.Files.createTempFile("script", ".sh");
      try {
        java.nio.file.Files.writeString(text, script.text());
        Process process = new ProcessBuilder("sh", text.toString()).start();
        CompletableFuture<byte[]> out = drain(process.getInputStream());
        CompletableFuture<byte[]> err = drain(process.getErrorStream());
        feed(process, script);
        boolean done = process.waitFor(script.deadline().toMillis(), TimeUnit.MILLISECONDS);
        if (!done) {
          process.destroyForcibly().waitFor();
        }
        return new ScriptResult(
            process.exitValue(),
            out.join(),
            err.join(),
            Duration.ofNanos(System.nanoTime() - start),
            !done,
            false);
      } finally {
        java.nio.file.Files.delete(text);
      }
    } catch (IOException e) {
      throw new UnreachableException("local sh failed", e);
    }
  }

  private static void feed(Process process, Script script) throws IOException {
    try (OutputStream in = process.getOutputStream()) {
      if (script.stdin().isPresent()) {
        Content content = script.stdin().get();
        content.writeTo(in);
      }
    } catch (IOException e) {
      // A script may end without having read everything; its exit status tells.
      if (process.isAlive() && !"Broken pipe".equals(e.getMessage())) {
        throw e;
      }
    }
  }

  private static CompletableFuture<byte[]> drain(InputStream stream) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        });
  }

  @Override
  public Socket tunnel(String address, int port, Duration timeout) throws IOException {
    return new Socket(address, port);
  }

  @Override
  public void close() {}
}
