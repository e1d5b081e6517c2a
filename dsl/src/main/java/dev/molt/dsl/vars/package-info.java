/** Variables: where they come from, which wins, and their lazy evaluation. */
package dev.molt.dsl.vars;
