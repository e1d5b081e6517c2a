package dev.molt.dsl.template;

import dev.molt.dsl.source.Source;
import java.util.Optional;

/** Finds the templates that a template includes or imports. */
@FunctionalInterface
public interface TemplateLoader {
  /**
   * Reads a template.
   *
   * @param name as written in the statement
   * @return empty where there is none
   */
  Optional<Source> load(String name);
}
