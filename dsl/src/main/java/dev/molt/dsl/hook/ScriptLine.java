package dev.molt.dsl.hook;

import dev.molt.dsl.source.Position;

/** The line that a script is at. */
record ScriptLine(ScriptSource source) {
  /** Where the code that called us stands; the first line where none of it is the script's. */
  Position now() {
    String name = Scripts.className(source.name());
    int line =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .filter(
                            f ->
                                f.getClassName().equals(name)
                                    || f.getClassName().startsWith(name + "$"))
                        .map(StackWalker.StackFrame::getLineNumber)
                        .filter(n -> n > 0)
                        .findFirst()
                        .orElse(1));
    return source.at(line, 0, 1);
  }
}
