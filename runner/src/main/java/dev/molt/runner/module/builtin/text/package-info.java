/** Modules that edit text files in place: lines, blocks and regular expressions. */
package dev.molt.runner.module.builtin.text;
