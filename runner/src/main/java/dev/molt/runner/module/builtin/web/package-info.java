/** What a host asks of web servers itself, with curl or GNU wget, whichever it has. */
package dev.molt.runner.module.builtin.web;
