/** System tests: the launcher against the lab of real nodes. {@code ./molt test} runs them. */
package dev.molt.runner.lab;
