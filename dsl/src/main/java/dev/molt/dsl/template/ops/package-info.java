/** What Python's operators and methods do with values. */
package dev.molt.dsl.template.ops;
