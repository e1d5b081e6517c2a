package dev.molt.runner.module.builtin.web;

import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.ShellQuote;
import dev.molt.runner.remote.UnreachableException;
import java.util.List;
import java.util.Optional;

/** Has a host fetch a file for a module that is about something else. */
public final class HostFetch {
  private static final int SILENCE = 30;

  private HostFetch() {}

  /**
   * Fetches a file to where the host keeps temporary ones; {@link #drop} removes it.
   *
   * @param suffix how its name is to end
   * @return its path
   * @throws ModuleException if it cannot be had
   */
  public static String fetch(String url, String suffix, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    WebOptions options =
        new WebOptions(
            url,
            false,
            Optional.empty(),
            "ansible-httpget",
            Optional.empty(),
            Optional.empty(),
            false,
            true,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            true,
            true,
            false,
            true,
            Optional.empty());
    Client client = new Client(new Settings(options, SILENCE, Optional.empty(), Optional.empty()));
    Transfer transfer = new Transfer(client.settings(), 0, false, Optional.of(""));
    Response response =
        client.send(transfer, Request.get(url, List.of()), Client.Follow.URLLIB2, target);
    if (!response.ok() || response.file().isEmpty()) {
      throw new ModuleException("Failure downloading " + url + ", " + response.message());
    }
    String path = response.file().get();
    ScriptResult named =
        target.write(
            Script.of(
                "mv -- " + ShellQuote.quote(path) + " " + ShellQuote.quote(path + suffix) + "\n"));
    if (!named.ok()) {
      throw new ModuleException("cannot rename " + path + ": " + named.err().strip());
    }
    return path + suffix;
  }

  /** Removes what was fetched. */
  public static void drop(String path, Target target)
      throws ModuleException, UnreachableException, InterruptedException {
    target.write(Script.of("rm -f -- " + ShellQuote.quote(path)));
  }
}
