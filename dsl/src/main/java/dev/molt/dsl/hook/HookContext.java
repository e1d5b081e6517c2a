package dev.molt.dsl.hook;

import java.util.List;
import java.util.Map;

/**
 * What a hook can ask for and do. All names here are there in a closure without anything before
 * them: {@code vars.tegu_version}, {@code fail 'reason'}. Values are texts, numbers, booleans,
 * lists and maps.
 *
 * <p>An implementation serves one call of one hook, on one thread.
 */
public interface HookContext {
  /** The host that it is called for; null where it is called once for all. */
  String getHost();

  /** The hosts of the play, or of the run, in their order. */
  List<String> getHosts();

  /** The variables of the host, evaluated as they are asked for; facts among them. */
  Map<String, Object> getVars();

  /** The variables of another host. */
  Map<String, Object> vars(String host);

  /** {@code ansible_facts} of the host. */
  Map<String, Object> getFacts();

  /**
   * The task: {@code name}, {@code module}, {@code where} (file and line), {@code handler} (whether
   * it is one); null where there is none.
   */
  Map<String, Object> getTask();

  /** The name of the play; null before the first one. */
  String getPlay();

  /** Whether this is a check, which changes nothing. */
  boolean isCheck();

  /** Ends what the hook stands at, as a failure: a veto. Does not return. */
  void fail(String reason);

  /** Leaves out what the hook stands at: the task on this host, the host, the play. */
  void skip(String reason);

  /** Leaves it out without a reason. */
  void skip();

  /** Sets a fact of the host, or of all hosts where the hook is called once for all. */
  void set(String name, Object value);

  /**
   * Runs a command line in the host's shell, with the login, become and environment of the task or
   * play. A check runs nothing, and answers with {@code skipped: true}, {@code rc: 0} and no
   * output.
   *
   * @return {@code rc}, {@code stdout}, {@code stderr}, {@code ok}
   */
  Map<String, Object> run(String command);

  /**
   * The same.
   *
   * @param options {@code on}: another host; {@code timeout}: seconds, 60 at most as the hook has;
   *     {@code stdin}
   */
  Map<String, Object> run(Map<String, Object> options, String command);

  /** Runs a command line that changes nothing: in a check, too. */
  Map<String, Object> look(String command);

  /** The same with options, those of {@link #run(Map, String)}. */
  Map<String, Object> look(Map<String, Object> options, String command);

  /**
   * Asks PostgreSQL, in a transaction that can only read.
   *
   * @param options those of pg_check, such as {@code dsn}, or {@code host}, {@code database},
   *     {@code user} and {@code password}; {@code args}: values for the {@code ?} in the query;
   *     {@code on}: the host that asks
   * @return the rows, each a map of its columns
   */
  List<Map<String, Object>> sql(Map<String, Object> options, String query);

  /**
   * Calls an HTTP address from this machine. What is not GET or HEAD is left out in a check.
   *
   * @param options {@code method}, {@code body} (a text, or what becomes JSON), {@code headers},
   *     {@code timeout} in seconds
   * @return {@code status}, {@code body}, {@code json} where the body is some, {@code headers}
   */
  Map<String, Object> http(Map<String, Object> options, String address);

  /** The same with GET. */
  Map<String, Object> http(String address);

  /**
   * Adds a host for the plays to come; {@code groups} among the options, all else are variables.
   */
  void addHost(Map<String, Object> options, String name);

  /** Asks the operator; fails where there is nobody to ask. */
  String ask(String question);

  /** Shows a line. So does {@code println}. */
  void say(Object text);

  /** A text as one word of a shell's command line. */
  default String quote(Object text) {
    return "'" + String.valueOf(text).replace("'", "'\\''") + "'";
  }
}
