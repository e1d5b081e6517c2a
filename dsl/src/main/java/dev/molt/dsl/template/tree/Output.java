package dev.molt.dsl.template.tree;

import dev.molt.dsl.value.NullValue;
import dev.molt.dsl.value.Python;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import dev.molt.dsl.value.ValueException;

/** What a template has printed: a single value as it is, or the text of several. */
public final class Output {
  private Value single;
  private StringBuilder text;
  private boolean secret;
  private boolean muted;

  /** Whether what is added from now on is to be forgotten. */
  void mute(boolean newMuted) {
    muted = newMuted;
  }

  /** Adds a value; none prints nothing, unless it is all there is. */
  void add(Value value) {
    if (muted) {
      return;
    } else if (single == null && text == null) {
      single = value;
      return;
    }
    if (text == null) {
      text = new StringBuilder();
      append(single);
      single = null;
    }
    append(value);
  }

  private void append(Value value) {
    if (!(value instanceof NullValue)) {
      text.append(Python.str(Finished.of(value)));
      secret = secret || Secrets.holds(value);
      if (text.length() > Python.MAX_TEXT) {
        throw new ValueException("the text is longer than " + Python.MAX_TEXT + " characters");
      }
    }
  }

  /** The one value that was printed, or the text of all; none where nothing was. */
  public Value value() {
    if (text != null) {
      return text();
    }
    return single == null ? NullValue.NULL : single;
  }

  /** The text of all that was printed. */
  public StrValue text() {
    if (text != null) {
      return Secrets.text(text.toString(), secret);
    }
    return single == null || single instanceof NullValue
        ? StrValue.EMPTY
        : Python.text(Finished.of(single));
  }
}
