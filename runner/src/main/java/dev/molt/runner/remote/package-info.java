/** Reaching hosts: connections, shells that stay open, tunnels. Nothing here knows of modules. */
package dev.molt.runner.remote;
