/** The modules that come with Molt, one file each. */
package dev.molt.runner.module.builtin;
