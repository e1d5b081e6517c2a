package dev.molt.dsl.template.lookup;

import java.io.IOException;

/** Reads a file by its name. */
@FunctionalInterface
interface Reader {
  String read(String name, String encoding) throws IOException;
}
