package dev.molt.runner.engine;

import dev.molt.dsl.inventory.Host;
import dev.molt.dsl.inventory.HostPattern;
import dev.molt.dsl.inventory.Inventory;
import dev.molt.dsl.settings.Catalog;
import dev.molt.dsl.settings.Settings;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.template.Scope;
import dev.molt.dsl.template.lookup.RunLookups;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.UndefinedValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Answers the lookups that ask about the run itself. Thread-safe. */
public final class RunAnswers implements RunLookups.Run {
  private final AtomicReference<Inventory> inventory = new AtomicReference<>(Inventory.empty());
  private final Settings settings;

  public RunAnswers(Settings settings) {
    this.settings = settings;
  }

  /** The inventory of the run, which tasks may change. */
  public AtomicReference<Inventory> inventory() {
    return inventory;
  }

  @Override
  public List<String> hosts(String pattern) {
    try {
      return HostPattern.parse(pattern).select(inventory.get(), new Diagnostics()).stream()
          .map(Host::name)
          .toList();
    } catch (DiagnosticException e) {
      throw new ValueException(e.getMessage());
    }
  }

  @Override
  public Optional<RunLookups.Setting> setting(
      String name, String pluginType, String pluginName, Scope scope) {
    if (pluginType != null) {
      Value set = scope.lookup("ansible_" + name);
      if (!(set instanceof UndefinedValue)) {
        return Optional.of(new RunLookups.Setting(set, "var: ansible_" + name));
      }
    }
    String wanted = name.toLowerCase(Locale.ROOT);
    return Catalog.all().stream()
        .filter(s -> s.name().equals(wanted) || ("default_" + s.name()).equals(wanted))
        .findFirst()
        .map(
            s ->
                new RunLookups.Setting(
                    value(settings.get(s)), settings.origin(s).orElse("default")));
  }

  private static Value value(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.<Value>map(RunAnswers::value).orElse(NullValue.NULL);
    } else if (value instanceof Boolean bool) {
      return Value.of(bool);
    } else if (value instanceof Integer number) {
      return Value.of(number);
    } else if (value instanceof Collection<?> many) {
      return ListValue.of(many.stream().<Value>map(RunAnswers::value).toList());
    }
    return Value.of(String.valueOf(value));
  }
}
