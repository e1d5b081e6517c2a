/** Runs playbooks: plays, tasks, hosts in parallel, and the decision between check and change. */
package dev.molt.runner.engine;
