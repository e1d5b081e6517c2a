package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Access;
import dev.molt.dsl.template.ops.MapItems;
import dev.molt.dsl.template.ops.Texts;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.IntValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Truth;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;

/** Defaults, choices and conversions. */
final class CoreFilters implements Library.Group {

  @Override
  public void declare(Library.Builder to) {
    to.lenient(
        "default d",
        Params.of("default_value?", "boolean?"),
        "another value where this one is undefined, or with a second argument of true, empty",
        this);
    to.lenient("mandatory", Params.of("msg?"), "the value, which must be defined, or fails", this);
    to.passing(
        "ternary",
        Params.of("true_val", "false_val", "none_val?"),
        "one value where it is true, another where it is false",
        this);
    to.filter("bool", Params.NONE, "yes, on, true and 1 as true, all else as false", this);
    to.filter("string", Params.NONE, "the value as text", this);
    to.passing("list", Params.NONE, "the items as a list", this);
    to.filter("length count", Params.NONE, "how many items or characters there are", this);
    to.filter("type_debug", Params.NONE, "the name of the type", this);
    to.passing("attr", Params.of("name"), "an attribute of the value", this);
    to.passing("items", Params.NONE, "the pairs of key and value of a dict", this);
    to.filter("pprint", Params.NONE, "the value as Python would write it", this);
    to.passing("safe escape_none", Params.NONE, "the value as it is", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    Value subject = call.subject();
    return switch (name) {
      case "default" -> {
        boolean orEmpty = call.flag(1, false);
        boolean use = subject instanceof UndefinedValue || (orEmpty && !Truth.of(subject));
        Value otherwise = call.arg(0);
        yield !use ? subject : otherwise == null ? StrValue.EMPTY : otherwise;
      }
      case "mandatory" -> {
        if (subject instanceof UndefinedValue undefined) {
          // What only a check does not know is not missing.
          throw undefined.unknown()
              ? new ValueException(undefined)
              : new ValueException(call.text(0, missing(undefined)));
        }
        yield subject;
      }
      case "ternary" ->
          subject instanceof NullValue && call.arg(2) != null
              ? call.arg(2)
              : call.arg(Truth.of(subject) ? 0 : 1);
      case "bool" -> bool(subject);
      case "string" -> Python.text(subject);
      case "list" -> new ListValue(new ArrayList<>(call.items()));
      case "length" -> length(call);
      case "type_debug" -> new StrValue(typeName(subject));
      case "attr" ->
          // Unlike a dot, this looks at attributes only, not at keys.
          subject instanceof MapValue && !Access.isMethod(subject, call.text(0))
              ? UndefinedValue.of("'dict object' has no attribute '" + call.text(0) + "'")
              : Access.attribute(subject, call.text(0));
      case "items" ->
          subject instanceof UndefinedValue ? ListValue.of() : MapItems.items(call.map());
      case "pprint" -> new StrValue(Python.repr(subject));
      case "safe" -> subject;
      default -> throw Builtins.undeclared(name);
    };
  }

  private static String typeName(Value value) {
    boolean encrypted = value instanceof StrValue text && text.ciphertext() != null;
    return encrypted ? "AnsibleVaultEncryptedUnicode" : Python.typeName(value);
  }

  private static String missing(UndefinedValue undefined) {
    String name = undefined.name() == null ? "" : "'" + undefined.name() + "' ";
    return "Mandatory variable " + name + " not defined.";
  }

  private static Value bool(Value value) {
    if (value instanceof BoolValue || value instanceof NullValue) {
      return value;
    }
    return BoolValue.of(Truth.ofWord(Python.str(value)).orElse(false));
  }

  private static Value length(Call call) {
    Value value = call.subject();
    if (value instanceof StrValue text) {
      return IntValue.of(Texts.length(text.text()));
    } else if (value instanceof ListValue list) {
      return IntValue.of(list.items().size());
    } else if (value instanceof MapValue map) {
      return IntValue.of(map.entries().size());
    }
    throw call.error("object of type '" + Python.typeName(value) + "' has no length");
  }
}
