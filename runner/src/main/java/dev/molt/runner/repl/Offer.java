package dev.molt.runner.repl;

/**
 * Something that could be typed.
 *
 * @param value the whole word, what stands already included
 * @param about in a few words; may be empty
 * @param done whether the next word can begin behind it
 */
public record Offer(String value, String about, boolean done) {}
