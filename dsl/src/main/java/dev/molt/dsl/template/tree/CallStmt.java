package dev.molt.dsl.template.tree;

import java.util.LinkedHashMap;
import java.util.Map;

/** {@code {% call(x) macro() %}...{% endcall %}}: the block is what the macro's caller() gives. */
public record CallStmt(CallExpr call, MacroStmt block) implements Stmt {
  private static final String CALLER = "caller";

  @Override
  public Flow run(Frame frame, Output out) {
    Macro macro = new Macro(block, frame);
    Arguments given = call.arguments();
    Map<String, Expr> named = new LinkedHashMap<>(given.named());
    named.put(CALLER, new Literal(call.at(), call.length(), macro));
    Arguments arguments = new Arguments(given.positional(), named, given.more(), given.moreNamed());
    out.add(new CallExpr(call.at(), call.length(), call.callee(), arguments).use(frame));
    return Flow.NEXT;
  }

  @Override
  public void check(Checker checker) {
    call.check(checker);
    block.checkBody(checker);
  }
}
