package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Diagnostic;
import dev.molt.dsl.source.DiagnosticException;
import dev.molt.dsl.source.Diagnostics;
import dev.molt.dsl.template.UndefinedException;
import dev.molt.dsl.value.OmitValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.vars.Templar;
import dev.molt.dsl.yaml.Node;
import dev.molt.dsl.yaml.ScalarNode;
import java.util.Optional;

/** Evaluates the names of what is imported, before there are hosts. */
record StaticNames(Templar templar, Diagnostics problems) {
  /**
   * The name that a node gives; what is wrong goes to the problems.
   *
   * @param what names it in messages, such as {@code import_tasks}
   * @param instead what to use where the name depends on a host
   */
  Optional<String> name(Node node, String what, String instead, LoadContext context) {
    if (!(node instanceof ScalarNode scalar) || scalar.isNull()) {
      problems.add(Diagnostic.error(node.position(), what + " takes a name, found " + node.kind()));
      return Optional.empty();
    }
    try {
      Value value = templar.resolve(scalar, context.names());
      return value == OmitValue.OMIT ? Optional.empty() : Optional.of(Python.str(value));
    } catch (UndefinedException e) {
      Diagnostic first = e.diagnostics().get(0);
      problems.add(
          first.withHint(
              what
                  + " is done before any host is known: only variables of the play, its vars_files,"
                  + " roles and the command line can be used"
                  + (instead.isEmpty()
                      ? ""
                      : "; " + instead + " waits until the play gets there")));
    } catch (DiagnosticException e) {
      problems.addAll(e);
    }
    return Optional.empty();
  }
}
