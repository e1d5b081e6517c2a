package dev.molt.dsl.hook;

import groovy.lang.Closure;
import groovy.lang.DelegatesTo;
import groovy.lang.Script;
import groovy.transform.stc.ClosureParams;
import groovy.transform.stc.SimpleType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What a hook file extends: each method takes a closure for its moment. */
public abstract class HookScript extends Script {
  private static final String RESULT = "java.util.Map<java.lang.String, java.lang.Object>";

  private final Map<Moment, List<Closure<?>>> closures = new EnumMap<>(Moment.class);
  private boolean atPlay = true;

  Map<Moment, List<Closure<?>>> closures(boolean standsAtPlay) {
    atPlay = standsAtPlay;
    run();
    return closures;
  }

  private void add(Moment moment, Closure<?> closure) {
    closures.computeIfAbsent(moment, m -> new ArrayList<>()).add(closure);
  }

  /** Before the play or task that the file is given at. */
  public void before(@DelegatesTo(HookContext.class) Closure<?> hook) {
    add(atPlay ? Moment.BEFORE_PLAY : Moment.BEFORE_TASK, hook);
  }

  /** After it: with what came of it. */
  public void after(
      @DelegatesTo(HookContext.class) @ClosureParams(value = SimpleType.class, options = RESULT)
          Closure<?> hook) {
    add(atPlay ? Moment.AFTER_PLAY : Moment.AFTER_TASK, hook);
  }

  /** See {@link Moment#BEFORE_RUN}; so for those below. */
  public void beforeRun(@DelegatesTo(HookContext.class) Closure<?> hook) {
    add(Moment.BEFORE_RUN, hook);
  }

  public void afterRun(
      @DelegatesTo(HookContext.class) @ClosureParams(value = SimpleType.class, options = RESULT)
          Closure<?> hook) {
    add(Moment.AFTER_RUN, hook);
  }

  public void beforePlay(@DelegatesTo(HookContext.class) Closure<?> hook) {
    add(Moment.BEFORE_PLAY, hook);
  }

  public void afterPlay(
      @DelegatesTo(HookContext.class) @ClosureParams(value = SimpleType.class, options = RESULT)
          Closure<?> hook) {
    add(Moment.AFTER_PLAY, hook);
  }

  public void beforeBatch(@DelegatesTo(HookContext.class) Closure<?> hook) {
    add(Moment.BEFORE_BATCH, hook);
  }

  public void afterBatch(
      @DelegatesTo(HookContext.class) @ClosureParams(value = SimpleType.class, options = RESULT)
          Closure<?> hook) {
    add(Moment.AFTER_BATCH, hook);
  }

  public void beforeHost(@DelegatesTo(HookContext.class) Closure<?> hook) {
    add(Moment.BEFORE_HOST, hook);
  }

  public void afterHost(
      @DelegatesTo(HookContext.class) @ClosureParams(value = SimpleType.class, options = RESULT)
          Closure<?> hook) {
    add(Moment.AFTER_HOST, hook);
  }

  public void beforeTask(@DelegatesTo(HookContext.class) Closure<?> hook) {
    add(Moment.BEFORE_TASK, hook);
  }

  public void afterTask(
      @DelegatesTo(HookContext.class) @ClosureParams(value = SimpleType.class, options = RESULT)
          Closure<?> hook) {
    add(Moment.AFTER_TASK, hook);
  }

  public void onFailure(
      @DelegatesTo(HookContext.class) @ClosureParams(value = SimpleType.class, options = RESULT)
          Closure<?> hook) {
    add(Moment.ON_FAILURE, hook);
  }

  public void onUnreachable(
      @DelegatesTo(HookContext.class)
          @ClosureParams(value = SimpleType.class, options = "java.lang.String")
          Closure<?> hook) {
    add(Moment.ON_UNREACHABLE, hook);
  }

  public void onPointOfNoReturn(@DelegatesTo(HookContext.class) Closure<?> hook) {
    add(Moment.ON_POINT_OF_NO_RETURN, hook);
  }
}
