package dev.molt.runner.module;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Describes a component of an options record. The option's name is the component's in snake case
 * ({@code remoteSrc} is {@code remote_src}) unless {@link #name} says otherwise.
 *
 * <p>Component types: {@code String}, {@code boolean}, {@code int}, {@code long}, {@code double},
 * an enum (choices are its constants in lower case), {@link FileMode}, {@link Expression}, {@code
 * Value}, {@code List} of any of these, {@code Map<String, Value>}, and {@code Optional} of any of
 * these for what may be left out without a default. A component without this annotation is a record
 * of options that several modules share.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Option {
  /** One or two sentences for the documentation. */
  String value();

  String name() default "";

  String[] aliases() default {};

  boolean required() default false;

  /** What a task says that fails for want of this option; empty for the usual words. */
  String missing() default "";

  /** As it would be written in YAML; empty for none. */
  String defaultValue() default "";

  /** Masked wherever it would be shown. */
  boolean sensitive() default false;

  /** Takes all options that no other component names; its type is {@code Map<String, Value>}. */
  boolean rest() default false;
}
