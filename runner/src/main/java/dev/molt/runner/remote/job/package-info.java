/**
 * Scripts that go on by themselves on a host while nobody is connected, and keep what came of them
 * for who asks later.
 */
package dev.molt.runner.remote.job;
