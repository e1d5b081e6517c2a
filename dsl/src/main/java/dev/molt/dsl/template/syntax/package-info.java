/** From the text of a template to its tree. */
package dev.molt.dsl.template.syntax;
