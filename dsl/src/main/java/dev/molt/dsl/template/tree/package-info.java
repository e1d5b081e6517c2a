/** The syntax tree of templates; its nodes evaluate themselves. */
package dev.molt.dsl.template.tree;
