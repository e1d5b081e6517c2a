/** Sessions on a terminal: the only package that knows the library that edits lines. */
package dev.molt.runner.repl.terminal;
