package dev.molt.runner.module.script;

import dev.molt.dsl.hook.ModuleContext;
import dev.molt.dsl.hook.PassedException;
import dev.molt.dsl.hook.Plain;
import dev.molt.dsl.value.MapValue;
import dev.molt.runner.module.FieldDiff;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Target;
import dev.molt.runner.remote.Content;
import dev.molt.runner.remote.Script;
import dev.molt.runner.remote.ScriptResult;
import dev.molt.runner.remote.UnreachableException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a module in Groovy can do in one call of its plan or apply. */
final class ModuleCall implements ModuleContext {
  private final Target target;
  private final boolean planning;
  private final List<FieldDiff> diffs = new ArrayList<>();
  private final MapValue result = MapValue.empty();
  private Optional<String> unknown = Optional.empty();

  ModuleCall(Target target, boolean planning) {
    this.target = target;
    this.planning = planning;
  }

  List<FieldDiff> diffs() {
    return diffs;
  }

  MapValue result() {
    return result;
  }

  Optional<String> unknown() {
    return unknown;
  }

  @Override
  public String getHost() {
    return target.host();
  }

  @Override
  public Map<String, Object> look(String command) {
    return look(Map.of(), command);
  }

  @Override
  public Map<String, Object> look(Map<String, Object> options, String command) {
    return shell(options, command, false);
  }

  @Override
  public Map<String, Object> run(String command) {
    return run(Map.of(), command);
  }

  @Override
  public Map<String, Object> run(Map<String, Object> options, String command) {
    if (planning) {
      throw failed("a plan changes nothing: it can look, and only apply can run", Map.of());
    }
    return shell(options, command, true);
  }

  private Map<String, Object> shell(Map<String, Object> options, String command, boolean writes) {
    Script script = Script.of(command);
    if (options.get("stdin") != null) {
      byte[] bytes = options.get("stdin").toString().getBytes(StandardCharsets.UTF_8);
      script = script.withStdin(Content.of(bytes));
    }
    try {
      ScriptResult reply = writes ? target.write(script) : target.read(script);
      if (reply.timedOut()) {
        throw failed("no answer in time from: " + command, Map.of());
      }
      Map<String, Object> answer = new LinkedHashMap<>();
      answer.put("rc", reply.exitStatus());
      answer.put("stdout", reply.out().stripTrailing());
      answer.put("stderr", reply.err().stripTrailing());
      answer.put("ok", reply.ok());
      return answer;
    } catch (ModuleException | UnreachableException e) {
      throw new PassedException(e);
    } catch (InterruptedException e) {
      throw new PassedException(e);
    }
  }

  @Override
  public void change(String field, Object before, Object after) {
    change("", field, before, after);
  }

  @Override
  public void change(String subject, String field, Object before, Object after) {
    if (!planning) {
      throw failed("what is to be changed is for plan to say", Map.of());
    }
    diffs.add(FieldDiff.of(subject, field, text(before), text(after)));
  }

  private static String text(Object value) {
    return value == null ? "" : value.toString();
  }

  @Override
  public void unknown(String what) {
    unknown = Optional.of(what);
  }

  @Override
  public void result(Map<String, Object> keys) {
    keys.forEach((key, value) -> result.put(key, Plain.value(value)));
  }

  @Override
  public void fail(String reason) {
    throw failed(reason, Map.of());
  }

  @Override
  public void fail(Map<String, Object> keys, String reason) {
    throw failed(reason, keys);
  }

  private PassedException failed(String reason, Map<String, Object> keys) {
    MapValue told = MapValue.empty();
    told.entries().putAll(result.entries());
    keys.forEach((key, value) -> told.put(key, Plain.value(value)));
    return new PassedException(new ModuleException(reason, told));
  }
}
