/** The host itself: its name, whether it can be reached, and starting it anew. */
package dev.molt.runner.module.builtin.host;
