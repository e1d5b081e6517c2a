/** The modules that come with Molt, one file for each. */
package dev.molt.runner.module.builtin;
