/**
 * The shell protocol: one {@code sh} program for each identity on a host that runs scripts one
 * after the other over a single channel. It knows neither SSH nor processes; {@link
 * dev.molt.runner.remote.shell.ShellChannel} is all it asks of a transport.
 */
package dev.molt.runner.remote.shell;
