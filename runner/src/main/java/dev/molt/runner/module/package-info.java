/**
 * The modules, and the interfaces they are written against. A module sees these, {@link
 * dev.molt.runner.remote}'s and the language's values; nothing of SSH, console or journal.
 */
package dev.molt.runner.module;
