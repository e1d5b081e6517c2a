/** The model of a playbook, and the loader that makes it from YAML. */
package dev.molt.dsl.playbook;
