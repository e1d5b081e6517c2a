package dev.molt.dsl.template.lookup;

import dev.molt.dsl.template.Context;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Variables given to a template, before those of the expression that asks for it. */
record Layered(Context context, Map<Value, Value> more) implements Scope {
  @Override
  public Value lookup(String name) {
    Value own = more.get(new StrValue(name));
    return own != null ? own : context.lookup(name);
  }

  @Override
  public Collection<String> names() {
    Set<String> names = new LinkedHashSet<>(context.scope().names());
    more.keySet().forEach(key -> names.add(Python.str(key)));
    return names;
  }
}
