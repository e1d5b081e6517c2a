package dev.molt.runner.engine;

import dev.molt.dsl.playbook.Play;
import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Layer;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import dev.molt.dsl.yaml.SequenceNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A play's {@code vars_prompt}: asks for what {@code -e} does not give. */
final class PromptedVars {
  private final RunContext run;
  private final PlaySelection selection;

  PromptedVars(RunContext run, PlaySelection selection) {
    this.run = run;
    this.selection = selection;
  }

  Map<String, Value> ask(Play play) {
    Map<String, Value> answers = new LinkedHashMap<>();
    Node node = play.keywords().get("vars_prompt").orElse(null);
    if (node == null || (node instanceof ScalarNode scalar && scalar.isNull())) {
      return answers;
    }
    Variables variables = selection.withoutHost(play);
    for (Node item : node instanceof SequenceNode list ? list.items() : List.of(node)) {
      if (!(item instanceof MappingNode prompt) || prompt.get("name").isEmpty()) {
        throw Diagnostic.error(item.position(), "a prompt needs the name of a variable")
            .withHint("write '- name: VARIABLE' and below it 'prompt: ...'")
            .asException();
      }
      String name = text(prompt, "name", variables).orElseThrow();
      if (!given(name)) {
        answers.put(name, answer(prompt, name, variables));
      }
    }
    return answers;
  }

  private boolean given(String name) {
    return run.options().extraVars().stream()
        .map(l -> new Variables(run.templar(), List.<Layer>of(l)))
        .anyMatch(v -> v.names().contains(name));
  }

  private Value answer(MappingNode prompt, String name, Variables variables) {
    boolean secret = flag(prompt, "private", variables, true);
    Optional<Value> otherwise =
        prompt
            .get("default")
            .map(n -> run.templar().resolve(n, variables))
            .filter(v -> v != NullValue.NULL);
    String words = text(prompt, "prompt", variables).orElse(name);
    String shown = words + otherwise.map(v -> " [" + Python.str(v) + "]").orElse("") + ": ";
    Optional<String> typed = run.prompter().ask(shown, secret);
    if (flag(prompt, "confirm", variables, false)) {
      while (typed.isPresent() && !run.prompter().ask("confirm " + shown, secret).equals(typed)) {
        typed = run.prompter().ask("***** VALUES ENTERED DO NOT MATCH ****\n" + shown, secret);
      }
    }
    Value value =
        typed
            .filter(t -> !t.isEmpty())
            .<Value>map(StrValue::new)
            .orElse(otherwise.orElse(typed.isPresent() ? new StrValue("") : NullValue.NULL));
    if (prompt.get("encrypt").isPresent() && value instanceof StrValue) {
      value = encrypted(prompt, value, variables);
    }
    if (secret && value instanceof StrValue text) {
      run.secrets().add(text.text());
    }
    return value;
  }

  /** As the filter {@code password_hash} does. */
  private Value encrypted(MappingNode prompt, Value value, Variables variables) {
    String filter =
        "{{ value | password_hash(kind" + (prompt.get("salt").isPresent() ? ", salt" : "") + ") }}";
    Map<String, Value> names = new LinkedHashMap<>();
    names.put("value", value);
    names.put("kind", new StrValue(text(prompt, "encrypt", variables).orElseThrow()));
    text(prompt, "salt", variables).ifPresent(s -> names.put("salt", new StrValue(s)));
    ScalarNode template = ScalarNode.made(prompt.position(), filter);
    return run.templar().resolve(template, variables.with(Layer.ofValues("prompt", names)));
  }

  private Optional<String> text(MappingNode prompt, String key, Variables variables) {
    return prompt
        .get(key)
        .map(n -> run.templar().resolve(n, variables))
        .filter(v -> v != NullValue.NULL)
        .map(Python::str);
  }

  private boolean flag(MappingNode prompt, String key, Variables variables, boolean otherwise) {
    return prompt
        .get(key)
        .map(n -> run.templar().resolve(n, variables))
        .map(Truth::switchesOn)
        .orElse(otherwise);
  }
}
