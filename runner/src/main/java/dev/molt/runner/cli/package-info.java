/** The command line, and what it prints. */
package dev.molt.runner.cli;
