package dev.molt.dsl.template.library;

import dev.molt.dsl.source.Suggestions;
import dev.molt.dsl.template.Call;
import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.template.Params;
import dev.molt.dsl.template.ops.Arithmetic;
import dev.molt.dsl.template.ops.Iteration;
import dev.molt.dsl.template.ops.MapItems;
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
import java.math.BigInteger;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Functions that templates can call. */
final class Functions implements Library.Group {
  @Override
  public void declare(Library.Builder to) {
    to.function("range", Params.of("start", "stop?", "step?"), "a list of numbers", this);
    to.function("dict", Params.of("*", "**"), "a dict of pairs or names", this);
    to.function("lookup", Params.of("name", "*", "**"), "what a lookup finds, as text", this);
    to.function("query q", Params.of("name", "*", "**"), "what a lookup finds, as a list", this);
    to.function("now", Params.of("utc?", "fmt?"), "the time, in a format if given", this);
    to.function("undef", Params.of("hint?"), "an undefined value", this);
    to.function("namespace", Params.of("*", "**"), "an object whose attributes can be set", this);
    to.function("cycler", Params.of("*"), "an object that gives its items in turn", this);
    to.function(
        "lipsum", Params.of("n?", "html?", "min?", "max?"), "so many paragraphs of Latin", this);
    to.function("joiner", Params.of("sep?"), "gives nothing at first, then a separator", this);
  }

  @Override
  public Value call(Library.Kind kind, String name, Call call) {
    return switch (name) {
      case "range" -> range(call);
      case "dict" -> dict(call);
      case "lookup" -> lookup(call);
      case "query" -> new ListValue(find(call));
      case "now" -> now(call);
      case "undef" -> UndefinedValue.of(call.text(0, "this is undefined on purpose"));
      case "namespace" -> {
        MapValue values = (MapValue) dict(call);
        yield new Namespace(values);
      }
      case "cycler" -> new Cycler(call.rest());
      case "lipsum" ->
          new StrValue(
              Lipsum.text(
                  call.number(0, 5), call.flag(1, true), call.number(2, 20), call.number(3, 100)));
      case "joiner" -> new Joiner(call.text(0, ", "));
      default -> throw Builtins.undeclared(name);
    };
  }

  private static Value range(Call call) {
    BigInteger first = Arithmetic.integer(call.arg(0));
    boolean one = !call.given(1);
    BigInteger start = one ? BigInteger.ZERO : first;
    BigInteger stop = one ? first : Arithmetic.integer(call.arg(1));
    BigInteger step = call.given(2) ? Arithmetic.integer(call.arg(2)) : BigInteger.ONE;
    if (step.signum() == 0) {
      throw call.error("the step must not be zero");
    }
    BigInteger span = step.signum() > 0 ? stop.subtract(start) : start.subtract(stop);
    if (span.signum() <= 0) {
      return ListValue.of();
    }
    BigInteger size = span.add(step.abs()).subtract(BigInteger.ONE).divide(step.abs());
    int count =
        Iteration.bounded(size.bitLength() > 62 ? Long.MAX_VALUE : size.longValue(), 1_000_000);
    List<Value> out = new ArrayList<>(count);
    BigInteger next = start;
    for (int i = 0; i < count; i++) {
      out.add(new IntValue(next));
      next = next.add(step);
    }
    return new ListValue(out);
  }

  private static Value dict(Call call) {
    Map<Value, Value> entries = new LinkedHashMap<>();
    if (!call.rest().isEmpty()) {
      entries.putAll(MapItems.dict(call.rest().get(0)).entries());
    }
    call.keywords().forEach((key, value) -> entries.put(new StrValue(key), value));
    return new MapValue(entries);
  }

  private static Value lookup(Call call) {
    List<Value> found = find(call);
    Value wantList = call.keywords().get("wantlist");
    if (wantList != null && Truth.of(wantList)) {
      return new ListValue(found);
    } else if (found.size() == 1) {
      return found.get(0);
    }
    boolean texts = found.stream().allMatch(StrValue.class::isInstance);
    // As in Ansible: several texts are joined, anything else stays a list.
    if (!texts || found.isEmpty()) {
      return new ListValue(found);
    }
    List<String> all = new ArrayList<>();
    found.forEach(value -> all.add(Python.str(value)));
    boolean secret = found.stream().anyMatch(dev.molt.dsl.value.Secrets::holds);
    return dev.molt.dsl.value.Secrets.text(String.join(",", all), secret);
  }

  private static List<Value> find(Call call) {
    Context context = call.context();
    Lookups lookups = context.library().lookups();
    String full = call.text(0);
    String name = full.replaceFirst("^ansible\\.(builtin|legacy)\\.", "");
    Map<String, Value> options = new LinkedHashMap<>(call.keywords());
    Value wantList = options.remove("wantlist");
    boolean list = call.what().contains("query") || (wantList != null && Truth.of(wantList));
    Value errors = options.remove("errors");
    String onError = errors == null ? "strict" : Python.str(errors);
    try {
      return lookups
          .lookup(name, call.rest(), options, context)
          .orElseThrow(
              () ->
                  new ValueException(
                      "there is no lookup named '" + full + "'",
                      Suggestions.hint(name, lookups.names()).orElse(null)));
    } catch (ValueException e) {
      if (!onError.equals("ignore") && !onError.equals("warn")) {
        throw e;
      } else if (onError.equals("warn")) {
        context.library().warn("Lookup failed but the error is being ignored: " + e.getMessage());
      }
      return list ? new ArrayList<>() : new ArrayList<>(List.of(NullValue.NULL));
    }
  }

  private static Value now(Call call) {
    ZonedDateTime time =
        ZonedDateTime.now(call.flag(0, false) ? ZoneOffset.UTC : ZoneId.systemDefault());
    return call.given(1)
        ? new StrValue(DateFilters.format(call.text(1), time))
        : new DateTimeValue(time.toLocalDateTime());
  }
}
