/** The controller itself as a host, for {@code connection: local}. */
package dev.molt.runner.remote.local;
