package dev.molt.runner.engine;

import dev.molt.dsl.hook.HookContext;
import dev.molt.dsl.hook.HookException;
import dev.molt.dsl.hook.Plain;
import dev.molt.dsl.playbook.Task;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Position;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.Node;
import dev.molt.runner.event.RunEvent;
import dev.molt.runner.event.RunEvent.TaskInfo;
import dev.molt.runner.module.InternalKeys;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/** What one call of a hook can see and do: the same that a task in its place could. */
final class HookCall implements HookContext {
  private static final Set<String> KEYWORDS = Set.of("on", "timeout");

  /** There is one, who can answer one question at a time. */
  private static final ReentrantLock OPERATOR = new ReentrantLock(true);

  private final PlayContext play;
  private final Frame frame;
  private final Optional<TaskInfo> info;
  private final Optional<HostRun> host;
  private final Optional<Variables> variables;
  private final boolean hiding;

  /** How long somebody has been asked, and since when somebody is; guarded by this object. */
  private long askedNanos;

  private OptionalLong askingSince = OptionalLong.empty();

  private HookCall(
      PlayContext play,
      Frame frame,
      Optional<TaskInfo> info,
      Optional<HostRun> host,
      Optional<Variables> variables,
      boolean hiding) {
    this.play = play;
    this.frame = frame;
    this.info = info;
    this.host = host;
    this.variables = variables;
    this.hiding = hiding;
  }

  /** At a play, for no host in particular. */
  static HookCall atPlay(PlayContext play) {
    return new HookCall(
        play, play.frame(), Optional.empty(), Optional.empty(), Optional.empty(), false);
  }

  /** At a play, for one of its hosts. */
  static HookCall atPlay(PlayContext play, HostRun host) {
    return new HookCall(
        play, play.frame(), Optional.empty(), Optional.of(host), Optional.empty(), false);
  }

  /** At a task, for no host in particular. */
  static HookCall atTask(PlayContext play, Frame frame, TaskInfo info) {
    return new HookCall(play, frame, Optional.of(info), Optional.empty(), Optional.empty(), false);
  }

  /** At a task, for a host. */
  static HookCall atTask(PlayContext play, Frame frame, TaskInfo info, HostRun host) {
    return new HookCall(play, frame, Optional.of(info), Optional.of(host), Optional.empty(), false);
  }

  /** The same where the task sees more than the host's variables, such as an item. */
  HookCall seeing(Variables more) {
    return new HookCall(play, frame, info, host, Optional.of(more), hiding);
  }

  /** The same where nobody may see what the hook says, as of a task with {@code no_log}. */
  HookCall hiding(boolean hides) {
    return new HookCall(play, frame, info, host, variables, hiding || hides);
  }

  @Override
  public String getHost() {
    return host.map(HostRun::name).orElse(null);
  }

  @Override
  public List<String> getHosts() {
    return play.batch().stream().map(HostRun::name).toList();
  }

  @Override
  public Map<String, Object> getVars() {
    return new Seen(
        variables.orElseGet(
            () ->
                host.or(() -> play.batch().stream().findFirst())
                    .map(h -> play.variables(h, frame))
                    .orElseGet(() -> play.withoutHost(frame))));
  }

  @Override
  public Map<String, Object> vars(String name) {
    return new Seen(play.variables(known(name), frame));
  }

  private HostRun known(String name) {
    if (play.run().inventory().hostOrLocal(name).isEmpty()) {
      throw HookException.fail("there is no host '" + name + "' in the inventory");
    }
    return play.run().host(name);
  }

  /** Variables as a map of plain objects; what is not defined is an error, as in a template. */
  private static final class Seen extends AbstractMap<String, Object> {
    private final Variables variables;

    Seen(Variables variables) {
      this.variables = variables;
    }

    @Override
    public boolean containsKey(Object name) {
      return !(variables.peek(String.valueOf(name)) instanceof UndefinedValue);
    }

    @Override
    public Object get(Object name) {
      Value value = variables.lookup(String.valueOf(name));
      if (value instanceof UndefinedValue undefined) {
        throw ValueException.inScript(undefined);
      }
      return Plain.of(value);
    }

    @Override
    public Object put(String name, Object value) {
      throw new IllegalArgumentException("variables are set with: set '" + name + "', ...");
    }

    @Override
    public Object getOrDefault(Object name, Object otherwise) {
      return containsKey(name) ? get(name) : otherwise;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      Map<String, Object> all = new LinkedHashMap<>();
      Set<String> names = new LinkedHashSet<>(variables.names());
      names.removeAll(Set.of("omit", "vars", "hostvars"));
      names.forEach(n -> all.put(n, Plain.of(variables.peek(n))));
      return all.entrySet();
    }
  }

  /** What was found out, which nobody else would see if it were changed here. */
  private static final class ReadOnly extends AbstractMap<String, Object> {
    private final Map<String, Object> all;

    ReadOnly(Map<String, Object> all) {
      this.all = Collections.unmodifiableMap(all);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
      return all.entrySet();
    }

    @Override
    public Object put(String name, Object value) {
      throw new IllegalArgumentException("facts are set with: set '" + name + "', ...");
    }
  }

  @Override
  @SuppressWarnings("unchecked")
  public Map<String, Object> getFacts() {
    Object facts = getVars().get("ansible_facts");
    return new ReadOnly((Map<String, Object>) facts);
  }

  @Override
  public Map<String, Object> getTask() {
    return info.map(HookCall::describe).orElse(null);
  }

  private static Map<String, Object> describe(TaskInfo task) {
    Map<String, Object> described = new LinkedHashMap<>();
    described.put("name", task.name());
    described.put("module", task.module());
    described.put("where", task.position());
    described.put("handler", task.handler());
    return described;
  }

  @Override
  public String getPlay() {
    return play.name();
  }

  @Override
  public boolean isCheck() {
    return play.run().options().check();
  }

  @Override
  public void fail(String reason) {
    throw HookException.fail(reason);
  }

  @Override
  public void skip(String reason) {
    throw HookException.skip(reason);
  }

  @Override
  public void skip() {
    throw HookException.skip("");
  }

  @Override
  public void set(String name, Object value) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw HookException.fail("'" + name + "' cannot be the name of a variable");
    }
    Value made = Plain.value(value);
    host.map(List::of).orElse(play.batch()).forEach(h -> h.facts().put(name, made));
  }

  @Override
  public Map<String, Object> run(String command) {
    return run(Map.of(), command);
  }

  @Override
  public Map<String, Object> run(Map<String, Object> options, String command) {
    return shell(options, command, false);
  }

  @Override
  public Map<String, Object> look(String command) {
    return look(Map.of(), command);
  }

  @Override
  public Map<String, Object> look(Map<String, Object> options, String command) {
    return shell(options, command, true);
  }

  private Map<String, Object> shell(Map<String, Object> options, String command, boolean looks) {
    Map<String, Object> given = new LinkedHashMap<>(options);
    given.put("cmd", command);
    Map<String, Object> result = module("shell", given, looks);
    if (Boolean.TRUE.equals(result.get("skipped"))) {
      // As if it had gone well, so that the rest of the hook can be checked.
      result.putIfAbsent("stdout", "");
      result.putIfAbsent("stderr", "");
      result.put("rc", 0);
    }
    if (!result.containsKey("rc") && !result.containsKey("timedout")) {
      // It was not run at all: for a word that it does not know, or in a folder that is not there.
      throw HookException.fail(String.valueOf(result.get("msg")));
    }
    result.put("ok", Integer.valueOf(0).equals(result.get("rc")));
    return result;
  }

  @Override
  @SuppressWarnings("unchecked")
  public List<Map<String, Object>> sql(Map<String, Object> options, String query) {
    Map<String, Object> given = new LinkedHashMap<>(options);
    given.put("query", query);
    if (given.containsKey("args")) {
      given.put("query_args", given.remove("args"));
    }
    given.putIfAbsent("primary", false);
    Map<String, Object> result = module("pg_check", given, true);
    if (Boolean.TRUE.equals(result.get("failed"))) {
      throw HookException.fail(String.valueOf(result.get("msg")));
    }
    return (List<Map<String, Object>>) result.get("query_result");
  }

  /** A module as a task in this place would run it; its result, failed or not. */
  private Map<String, Object> module(String name, Map<String, Object> given, boolean looks) {
    HostRun worker =
        given.containsKey("on")
            ? known(String.valueOf(given.get("on")))
            : host.orElseThrow(
                () ->
                    HookException.fail(
                        "this hook is called once for all hosts: say which one with on: 'HOST'"));
    Position at = play.play().position();
    Map<String, Value> options = new LinkedHashMap<>();
    given.forEach(
        (key, value) -> {
          if (!KEYWORDS.contains(key)) {
            options.put(key, Plain.value(value));
          }
        });
    Map<String, Node> keywords = new LinkedHashMap<>();
    if (given.containsKey("timeout")) {
      keywords.put("timeout", WrittenValues.node(Plain.value(given.get("timeout")), at));
    }
    if (looks) {
      keywords.put("check_mode", WrittenValues.node(BoolValue.FALSE, at));
    }
    Node written = WrittenValues.node(MapValue.ofStrings(options), at);
    Task task = MadeTask.of(play.play(), name, written, keywords);
    Frame inside = frame.at(task);
    TaskInfo called =
        info.orElseGet(
            () ->
                new TaskInfo(
                    play.run().taskIds().incrementAndGet(), "hook", name, at.toString(), false));
    try {
      TaskOnHost asked = new TaskOnHost(play, task, inside, called, worker).withoutHooks();
      Done done =
          (looks ? asked.looking() : asked).run(play.variables(worker, inside), Optional.empty());
      Map<String, Object> result = Plain.map(InternalKeys.strip(done.result().result()));
      if (done.result().status() == RunEvent.Status.UNREACHABLE) {
        throw HookException.fail(done.result().message());
      }
      return result;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HookException.fail("interrupted");
    } catch (UndefinedException e) {
      throw HookException.fail(EngineFailure.plain(e));
    }
  }

  @Override
  public Map<String, Object> http(String address) {
    return http(Map.of(), address);
  }

  @Override
  public Map<String, Object> http(Map<String, Object> options, String address) {
    return HookHttp.call(options, address, isCheck());
  }

  @Override
  public void addHost(Map<String, Object> options, String name) {
    Map<String, Value> variables = new LinkedHashMap<>();
    options.forEach((key, value) -> variables.put(key, Plain.value(value)));
    Value groups = variables.remove("groups");
    List<String> names = groups == null ? List.of() : Handlers.texts(groups);
    play.run().changeInventory(i -> i.withHost(name, names, variables));
  }

  @Override
  public String ask(String question) {
    asking(true);
    try {
      OPERATOR.lockInterruptibly();
      try {
        // What was said before is to be seen before.
        play.run().events().flush();
        return play.run()
            .prompter()
            .ask(question, false)
            .orElseThrow(() -> HookException.fail("there is nobody to ask: " + question));
      } finally {
        OPERATOR.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw HookException.fail("interrupted while waiting to ask: " + question);
    } finally {
      asking(false);
    }
  }

  private synchronized void asking(boolean begins) {
    askedNanos = askedNanos();
    askingSince = begins ? OptionalLong.of(System.nanoTime()) : OptionalLong.empty();
  }

  /** How long somebody has been asked, now too; on any thread. */
  synchronized long askedNanos() {
    return askedNanos + (askingSince.isPresent() ? System.nanoTime() - askingSince.getAsLong() : 0);
  }

  @Override
  public void say(Object text) {
    Said.of(play.run(), host.map(HostRun::name), hidden(), Plain.text(text));
  }

  /** Tells of what ended a thread that the hook has started. */
  void warn(DiagnosticException wrong) {
    if (hidden()) {
      say("");
    } else {
      wrong.diagnostics().forEach(d -> play.run().warn(d.asWarning()));
    }
  }

  /** Whether the task that it is called for says {@code no_log}. */
  private boolean hidden() {
    return hiding
        || (info.isPresent()
            && new TaskKeywords(play.run(), frame)
                .hiddenOrUnsure(
                    variables.orElseGet(
                        () ->
                            host.map(h -> play.variables(h, frame))
                                .orElseGet(() -> play.withoutHost(frame)))));
  }
}
