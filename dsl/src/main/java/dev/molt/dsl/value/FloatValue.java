package dev.molt.dsl.value;

/** An IEEE 754 double, as Python's float. */
public record FloatValue(double value) implements Value {}
