/** {@code molt lint}: checks playbooks without hosts. */
package dev.molt.runner.cli.lint;
