/** Jinja2 as Ansible uses it: lexer, parser and evaluator over closed values, no reflection. */
package dev.molt.dsl.template;
