/** The closed set of values that variables, templates, module options and results are made of. */
package dev.molt.dsl.value;
