package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;
import java.util.List;

/**
 * Tasks that share keywords, with what to do when one fails. What {@code import_tasks} brings in is
 * a block too.
 */
public record Block(
    Position position,
    Keywords keywords,
    List<Statement> body,
    List<Statement> rescue,
    List<Statement> always)
    implements Statement {
  public Block {
    body = List.copyOf(body);
    rescue = List.copyOf(rescue);
    always = List.copyOf(always);
  }
}
