package dev.molt.dsl.template.library;

import dev.molt.dsl.template.Library;
import dev.molt.dsl.template.Lookups;
import dev.molt.dsl.value.ValueException;

/** All that is built in. */
public final class Builtins {
  private Builtins() {}

  public static void declare(Library.Builder to) {
    new CoreFilters().declare(to);
    new NumberFilters().declare(to);
    new StringFilters().declare(to);
    new ListFilters().declare(to);
    new MapFilters().declare(to);
    new SelectFilters().declare(to);
    new SetFilters().declare(to);
    new DictFilters().declare(to);
    new RegexFilters().declare(to);
    new PathFilters().declare(to);
    new DataFilters().declare(to);
    new HashFilters().declare(to);
    new DateFilters().declare(to);
    new WebFilters().declare(to);
    new SizeFilters().declare(to);
    new LayoutFilters().declare(to);
    new VaultFilters().declare(to);
    new CoreTests().declare(to);
    new CompareTests().declare(to);
    new TextTests().declare(to);
    new ResultTests().declare(to);
    new FileTests().declare(to);
    new Functions().declare(to);
  }

  public static Lookups lookups() {
    return new PureLookups();
  }

  /** What a group is asked for that it has not declared, which cannot happen. */
  static ValueException undeclared(String name) {
    return new ValueException("'" + name + "' is not implemented");
  }
}
