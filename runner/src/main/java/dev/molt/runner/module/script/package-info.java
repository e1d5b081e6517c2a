/** Modules that are written in Groovy beside a playbook. */
package dev.molt.runner.module.script;
