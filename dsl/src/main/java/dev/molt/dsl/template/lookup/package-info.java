/** Lookups that read files or run commands on the machine Molt runs on. */
package dev.molt.dsl.template.lookup;
