package dev.molt.dsl.hook;

import groovy.lang.Binding;

/**
 * The variables that a script sets without declaring them, which all of its closures share. The
 * words of its context are none: {@code fail = 'no'} would be no veto, and nobody would know.
 */
final class GuardedBinding extends Binding {
  private final ScriptErrors words;

  GuardedBinding(ScriptErrors words) {
    this.words = words;
  }

  @Override
  public void setVariable(String name, Object value) {
    if (words.word(name)) {
      throw new IllegalArgumentException(
          name + " is a word that has a meaning here: declare a variable of your own with def");
    }
    super.setVariable(name, value);
  }
}
