package dev.molt.runner.remote;

import java.util.Objects;
import java.util.Optional;

/**
 * Who runs a script: the user that logged in, or another one that it becomes.
 *
 * @param method {@code sudo}, {@code su} or {@code doas}; empty for the login user
 * @param user whom to become, such as {@code root}
 * @param password what the method asks for; written to its standard input when it asks, never an
 *     argument. doas asks a terminal only, and gets none: there it has no effect
 */
public record Identity(Optional<Method> method, String user, Optional<String> password) {
  /** The programs that make one user another. */
  public enum Method {
    SUDO,
    SU,
    DOAS
  }

  /** The user that logged in. */
  public static final Identity LOGIN = new Identity(Optional.empty(), "", Optional.empty());

  public Identity {
    Objects.requireNonNull(method);
    Objects.requireNonNull(user);
    Objects.requireNonNull(password);
  }

  /** Becoming a user by sudo without a password, or with one. */
  public static Identity sudo(String user, Optional<String> password) {
    return new Identity(Optional.of(Method.SUDO), user, password);
  }

  // Those that a record has by itself are put together when first called, which takes as long as a
  // round trip.
  @Override
  public boolean equals(Object other) {
    return other instanceof Identity that
        && method.equals(that.method)
        && user.equals(that.user)
        && password.equals(that.password);
  }

  @Override
  public int hashCode() {
    return user.hashCode();
  }

  /** Never shows the password. */
  @Override
  public String toString() {
    return method
        .map(m -> m.name().toLowerCase(java.util.Locale.ROOT) + " " + user)
        .orElse("login user");
  }
}
