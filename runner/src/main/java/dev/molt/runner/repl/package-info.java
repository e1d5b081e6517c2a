/**
 * {@code molt repl}: lines instead of playbooks. Only {@link dev.molt.runner.repl.terminal} knows
 * the library that edits lines; all else works the same in a pipe.
 */
package dev.molt.runner.repl;
