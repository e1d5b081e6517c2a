package dev.molt.runner.module;

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
