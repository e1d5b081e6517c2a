/** The filters, tests, functions and lookups that Molt has built in, by topic. */
package dev.molt.dsl.template.library;
