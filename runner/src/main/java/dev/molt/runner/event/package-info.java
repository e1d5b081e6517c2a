/**
 * What happens in a run, as records. The engine publishes them and prints nothing; console, journal
 * and others listen. Secrets are masked here, once, before any listener sees an event.
 */
package dev.molt.runner.event;
