package dev.molt.dsl.playbook;

import dev.molt.dsl.source.Position;
import dev.molt.dsl.yaml.MappingNode;
import java.util.List;

/** What stands beside {@code import_playbook} holds for every task of every play it brings in. */
final class ImportedPlay {
  private ImportedPlay() {}

  static Play wrap(Play play, Position at, List<MappingNode.Entry> given) {
    Keywords keywords = Keywords.of(given);
    List<RoleBlock> roles = play.roles().stream().map(r -> wrapRole(r, at, keywords)).toList();
    return new Play(
        play.position(),
        play.file(),
        play.keywords(),
        block(play.preTasks(), at, keywords),
        roles,
        block(play.tasks(), at, keywords),
        block(play.postTasks(), at, keywords),
        play.handlers());
  }

  private static RoleBlock wrapRole(RoleBlock role, Position at, Keywords keywords) {
    return new RoleBlock(
        role.position(),
        role.keywords(),
        role.role(),
        role.dependencies().stream().map(d -> wrapRole(d, at, keywords)).toList(),
        block(role.tasks(), at, keywords),
        role.handlers());
  }

  private static List<Statement> block(List<Statement> body, Position at, Keywords keywords) {
    return body.isEmpty() ? body : List.of(new Block(at, keywords, body, List.of(), List.of()));
  }
}
