package dev.molt.dsl.inventory;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.value.BoolValue;
import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.vars.Variables;
import dev.molt.dsl.yaml.MappingNode;
import dev.molt.dsl.yaml.MappingNode.Entry;
import dev.molt.dsl.yaml.NodeValues;
import dev.molt.dsl.yaml.Nodes;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Gives the hosts that earlier sources listed variables and groups that follow from their
 * variables. As in Ansible, an expression that cannot be evaluated for a host does nothing for it,
 * unless {@code strict} is set. One that never could, since it is no expression, is an error all
 * the same.
 */
final class ConstructedInventory {
  private static final List<String> KEYS =
      List.of(
          "plugin",
          "strict",
          "compose",
          "groups",
          "keyed_groups",
          "leading_separator",
          "use_extra_vars",
          "use_vars_plugins");

  private final InventoryBuilder builder;
  private final Templar templar;
  private final ConstructedScopes scopes;
  private final PluginOptions options;
  private final boolean strict;
  private final boolean leadingSeparator;
  private final List<Entry> compose;
  private final List<Entry> groups;
  private final List<KeyedGroup> keyedGroups = new ArrayList<>();

  ConstructedInventory(
      MappingNode root,
      InventoryBuilder builder,
      InventoryOptions loading,
      List<VarsDirectory> beside) {
    this.builder = builder;
    this.templar = loading.templar().get();
    this.options = new PluginOptions(root, "a constructed inventory");
    options.check(KEYS, builder.problems);
    this.strict = options.flag("strict", false);
    this.leadingSeparator = options.flag("leading_separator", true);
    this.compose = options.entries("compose");
    this.groups = options.entries("groups");
    this.scopes =
        new ConstructedScopes(
            builder,
            templar,
            options.flag("use_vars_plugins", false) ? beside : List.of(),
            options.flag("use_extra_vars", false) ? loading.extraVars() : List.of());
  }

  void read() {
    options
        .items("keyed_groups")
        .forEach(n -> keyedGroups.add(KeyedGroup.parse(n, builder.problems)));
    Diagnostics wrong = new Diagnostics();
    compose.forEach(e -> templar.checkBraced(expression(e), wrong));
    groups.forEach(e -> check(expression(e), true, wrong));
    for (KeyedGroup keyed : keyedGroups) {
      templar.checkBraced(keyed.key(), wrong);
      keyed.parent().ifPresent(p -> check(p, false, wrong));
    }
    wrong.throwIfErrors();
    for (String host : List.copyOf(builder.hosts.keySet())) {
      host(host);
    }
  }

  private void check(ScalarNode text, boolean bareExpression, Diagnostics into) {
    if (text.isString()) {
      templar.engine().check(text.text(), text.origin(), bareExpression, into);
    }
  }

  private static ScalarNode expression(Entry entry) {
    return Nodes.requireScalar(entry.value(), "the expression of '" + entry.key().text() + "'");
  }

  private void host(String host) {
    Variables before = scopes.of(host, true);
    for (Entry entry : compose) {
      ScalarNode expression = expression(entry);
      evaluate(expression, before, "cannot set '" + entry.key().text() + "' for " + host)
          .ifPresent(
              value ->
                  builder.defineForHost(
                      host,
                      expression.position().source(),
                      entry.key().text(),
                      NodeValues.fixed(value, expression.position())));
    }
    if (groups.isEmpty() && keyedGroups.isEmpty()) {
      return;
    }
    Variables conditions = scopes.of(host, false);
    for (Entry entry : groups) {
      if (holds(entry, conditions, host)) {
        put(host, GroupNames.replaced(entry.key().text()), entry.key());
      }
    }
    Variables keys = scopes.withExtraVars(conditions);
    keyedGroups.forEach(keyed -> keyed(keyed, keys, host));
  }

  private String put(String host, String group, ScalarNode at) {
    String name = builder.group(group, Optional.of(at.position())).name;
    builder.addHost(name, host);
    return name;
  }

  private boolean holds(Entry entry, Variables variables, String host) {
    String group = entry.key().text();
    ScalarNode condition = expression(entry);
    Optional<Value> value =
        attempt(
            () -> templar.bareExpression(condition, variables),
            "cannot tell whether " + host + " is in '" + group + "'");
    if (value.isPresent() && !(value.get() instanceof BoolValue)) {
      throw Diagnostic.error(
              condition.position(),
              "the condition of the group '%s' gives %s for %s, not true or false"
                  .formatted(group, Python.typeName(value.get()), host))
          .withHint("compare it, ask for its length (x | length > 0), or convert it (x | bool)")
          .asException();
    }
    return value.isPresent() && value.get() == BoolValue.TRUE;
  }

  private void keyed(KeyedGroup keyed, Variables variables, String host) {
    String failure = "cannot name a group of " + host;
    Optional<Value> value = evaluate(keyed.key(), variables, failure);
    if (value.isEmpty()) {
      return;
    }
    List<String> names = keyed.names(value.get(), leadingSeparator);
    boolean container = value.get() instanceof ListValue || value.get() instanceof MapValue;
    if (names.isEmpty() && strict && !container) {
      throw Diagnostic.error(keyed.key().position(), failure + ": the key is empty")
          .withHint("give the keyed group a default_value")
          .asException();
    }
    String parent = "";
    if (keyed.parent().isPresent() && !names.isEmpty()) {
      Optional<Value> text =
          attempt(() -> templar.resolve(keyed.parent().get(), variables), failure);
      if (text.isEmpty()) {
        return;
      }
      parent = Python.str(text.get());
    }
    for (String name : names) {
      String group = put(host, name, keyed.key());
      if (!parent.isEmpty()) {
        ScalarNode at = keyed.parent().get();
        String around = builder.group(GroupNames.replaced(parent), Optional.of(at.position())).name;
        builder.addChild(around, group, Optional.of(at.position()));
      }
    }
  }

  private Optional<Value> evaluate(ScalarNode expression, Variables variables, String failure) {
    return attempt(() -> templar.braced(expression, variables), failure);
  }

  /** Empty where it fails and nobody minds. */
  private Optional<Value> attempt(Supplier<Value> evaluation, String failure) {
    try {
      return Optional.of(evaluation.get());
    } catch (DiagnosticException e) {
      if (!strict) {
        return Optional.empty();
      }
      Diagnostic first = e.diagnostics().get(0);
      throw new Diagnostic(
              first.severity(),
              failure + ": " + first.message(),
              first.position(),
              first.hint(),
              first.notes())
          .asException();
    }
  }
}
