package dev.molt.dsl.template.library;

import dev.molt.dsl.value.ValueException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;

/** Text that means nothing, to see how a layout looks. */
final class Lipsum {
  private static final List<String> WORDS =
      List.of(
          ("lorem ipsum dolor sit amet consectetur adipiscing elit sed do eiusmod tempor incididunt"
                  + " ut labore et dolore magna aliqua enim ad minim veniam quis nostrud"
                  + " exercitation ullamco laboris nisi aliquip ex ea commodo consequat duis aute"
                  + " irure in reprehenderit voluptate velit esse cillum eu fugiat nulla pariatur"
                  + " excepteur sint occaecat cupidatat non proident sunt culpa qui officia"
                  + " deserunt mollit anim id est laborum")
              .split(" "));

  private Lipsum() {}

  /**
   * Paragraphs.
   *
   * @param min the least number of words in each
   * @param max more than the greatest number of words
   */
  static String text(int paragraphs, boolean html, int min, int max) {
    if (paragraphs < 0 || paragraphs > 1000 || min < 1 || max <= min || max > 10_000) {
      throw new ValueException("lipsum() takes up to 1000 paragraphs of up to 10000 words");
    }
    Random random = ThreadLocalRandom.current();
    List<String> out = new ArrayList<>();
    for (int i = 0; i < paragraphs; i++) {
      StringBuilder paragraph = new StringBuilder();
      int count = min + random.nextInt(max - min);
      boolean first = true;
      for (int word = 0; word < count; word++) {
        String next = WORDS.get(random.nextInt(WORDS.size()));
        paragraph.append(word == 0 ? "" : " ");
        paragraph.append(first ? Character.toUpperCase(next.charAt(0)) : next.charAt(0));
        paragraph.append(next, 1, next.length());
        first = word == count - 1 || random.nextInt(12) == 0;
        paragraph.append(first ? "." : "");
      }
      out.add(html ? "<p>" + paragraph + "</p>" : paragraph.toString());
    }
    return String.join(html ? "\n" : "\n\n", out);
  }
}
