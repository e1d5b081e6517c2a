/**
 * Groovy: scripts that a user writes beside a playbook, how they are compiled, kept and called, and
 * what is said when one is wrong. What a script may do is an interface here; whoever runs playbooks
 * implements it. Nothing of Groovy is loaded before a script is.
 */
package dev.molt.dsl.hook;
