package dev.molt.runner.module;

import dev.molt.dsl.template.TextOptions;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.io.IOException;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The host a module works on, as the user that the task becomes. Scripts run in a shell that stays
 * open, with the task's environment; each call is one round trip.
 */
public interface Target {
  /** The host's name in the inventory. */
  String host();

  /**
   * Runs a script that changes nothing on the host.
   *
   * @throws ModuleException if the task's user cannot be become
   */
  ScriptResult read(Script script)
      throws ModuleException, UnreachableException, InterruptedException;

  /**
   * Runs a script that may change the host.
   *
   * @throws IllegalStateException while a plan is made
   * @throws ModuleException if the task's user cannot be become
   */
  ScriptResult write(Script script)
      throws ModuleException, UnreachableException, InterruptedException;

  /**
   * A TCP connection as the host itself would make it.
   *
   * @throws IOException in the host's words: could not connect, or may not forward
   */
  Socket tunnel(String address, int port, Duration timeout)
      throws IOException, UnreachableException;

  /**
   * The host that the task is for, by its name in the inventory: not the one that it works on,
   * where it is delegated.
   */
  default String inventoryHost() {
    return host();
  }

  /** Drops the connection, so that the next script connects anew; for who waits for the host. */
  default void reconnect() {}

  /** Whether this is the machine that the playbook runs on, without a connection to it. */
  default boolean isController() {
    return false;
  }

  /** What earlier tasks of a check would have made of this host; empty in a real run. */
  Foreseen foreseen();

  /**
   * Finds a file of the playbook's on the controller: an absolute path as it is, a relative one in
   * the role's or playbook's folder for its kind, then beside the task's file and the playbook.
   *
   * @param kind {@code files} or {@code templates}
   * @throws ModuleException naming every place that was looked at
   */
  Path find(String kind, String name) throws ModuleException;

  /**
   * A path of the controller for what need not be there yet: relative ones are relative to the
   * playbook, {@code ~/} is the home directory.
   */
  default Path local(String path) {
    return Path.of(path).toAbsolutePath();
  }

  /**
   * A template file of the playbook's.
   *
   * @param name as written
   * @param file what that name has led to
   * @param dest where the result goes, as written
   * @param options how the template is read
   */
  record Template(String name, Path file, String dest, TextOptions options) {}

  /**
   * Renders a template with the variables that the task sees on this host.
   *
   * @throws ModuleException if the file cannot be read
   * @throws dev.molt.dsl.source.DiagnosticException at the place in the template that is wrong
   */
  default String render(Template template) throws ModuleException {
    throw new ModuleException("there are no variables here to render " + template.name() + " with");
  }

  /**
   * Decrypts a vault file of the playbook's.
   *
   * @param file for messages and for the vault id that goes with it
   * @param content as it is on disk, beginning with {@code $ANSIBLE_VAULT;}
   * @throws ModuleException if there is no secret that fits
   */
  default byte[] decrypt(Path file, byte[] content) throws ModuleException {
    throw new ModuleException("A vault password or secret must be specified to decrypt " + file);
  }

  /** Tells whoever watches how a long task is getting on; cheap, may be called often. */
  void progress(String message);

  /** How much the user wants to see: the number of {@code -v} on the command line. */
  default int verbosity() {
    return 0;
  }

  /**
   * How long what the task runs may take: the task's {@code timeout}, where it has one. Modules
   * that run the user's own programs give it to their scripts.
   */
  default Duration deadline() {
    return Script.DEFAULT_DEADLINE;
  }
}
