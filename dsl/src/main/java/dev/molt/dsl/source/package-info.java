/** Texts, positions in them, and diagnostics that point at them. */
package dev.molt.dsl.source;
