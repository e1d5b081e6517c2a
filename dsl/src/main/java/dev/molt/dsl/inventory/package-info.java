/** Hosts, groups, the variables that belong to them, and the patterns that choose among them. */
package dev.molt.dsl.inventory;
