package dev.molt.runner.engine;

import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.runner.module.ModuleException;
import dev.molt.runner.module.Option;
import dev.molt.runner.module.Spec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code validate_argument_spec}: checks what a role is given against what it says it takes. */
final class ValidateArgumentSpecAction implements EngineAction<ValidateArgumentSpecAction.Options> {
  /** What a task gives. */
  record Options(
      @Option(value = "The arguments by name, each with its type and so on.", required = true)
          Map<String, Value> argumentSpec,
      @Option("Values, besides the variables of these names.") Map<String, Value> providedArguments,
      @Option("What is checked, for the result.") Map<String, Value> validateArgsContext) {}

  @Override
  public Spec<Options> spec() {
    return Spec.of(
        "validate_argument_spec", "Checks values against a description of them", Options.class);
  }

  @Override
  public Outcome act(Options options, At at) throws ModuleException {
    Map<String, Value> given = new LinkedHashMap<>();
    for (String name : options.argumentSpec().keySet()) {
      Value value = at.variables().lookup(name);
      if (!(value instanceof UndefinedValue)) {
        given.put(name, value);
      }
    }
    given.putAll(options.providedArguments());
    List<String> errors = ArgumentCheck.check(options.argumentSpec(), given);
    MapValue result = MapValue.empty();
    result.put("validate_args_context", MapValue.ofStrings(options.validateArgsContext()));
    if (!errors.isEmpty()) {
      result.put("argument_spec_data", MapValue.ofStrings(options.argumentSpec()));
      result.put("argument_errors", ListValue.ofStrings(errors));
      throw new ModuleException(
          "Validation of arguments failed:\n" + String.join("\n", errors), result);
    }
    result.put("changed", BoolValue.FALSE);
    result.put("msg", new StrValue("The arg spec validation passed"));
    return Outcome.of(result);
  }
}
