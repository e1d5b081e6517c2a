/**
 * Shows a run as Ansible's default callback does, closely enough for programs that read it. Where
 * the form and Molt's own habits differ, the form wins.
 */
package dev.molt.runner.cli.ansible;
