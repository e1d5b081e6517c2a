package dev.molt.dsl.template;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.dsl.value.ListValue;
import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Secrets;
import dev.molt.dsl.value.StrValue;
import dev.molt.dsl.value.Value;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of a secret is secret; what only stands beside it is not. */
class SecretTest {
  private static final Scope SCOPE =
      Templates.scope(
          Map.of(
              "pw",
              StrValue.secret("hunter2"),
              "users",
              ListValue.of(
                  MapValue.empty()
                      .put("name", new StrValue("ann"))
                      .put("password", StrValue.secret("hunter2")))));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ pw }}",
        "x{{ pw }}",
        "{{ 'a' ~ pw }}",
        "{{ pw + 'b' }}",
        "{{ pw * 2 }}",
        "{{ pw[0] }}",
        "{{ pw[1:] }}",
        "{{ '%s' % pw }}",
        "{{ '{}'.format(pw) }}",
        "{{ pw.upper() }}",
        "{{ '-'.join([pw, 'x']) }}",
        "{{ [pw, 'x'] | join }}",
        "{{ pw | b64encode }}",
        "{{ pw | hash('md5') }}",
        "{{ pw | regex_replace('h', '') }}",
        "{{ 'x' | replace('x', pw) }}",
        "{{ users | string }}",
        "user: {{ users }}",
        "{{ users | to_json }}",
        "{{ users[0].password }}",
        "{{ pw | default('x') }}",
        "{{ true | ternary(pw, 'x') }}",
        "{{ pw.split('t') }}",
        "{{ users | map(attribute='password') | first }}",
        "{{ pw | list }}",
        "{% set x = pw %}{{ x }}",
        "{% set x %}{{ pw }}{% endset %}{{ x }}",
        "{% macro m(v) %}<{{ v }}>{% endmacro %}{{ m(pw) }}",
        "{% filter upper %}{{ pw }}{% endfilter %}",
        "{{ (users | to_json | from_json)[0].name }}",
        "{{ {'a': pw} | combine({'b': 1}) }}",
        "{{ pw if true else '' }}",
        "{{ pw or 'x' }}",
        "{{ pw | map('upper') | join }}",
      })
  void isSecret(String template) {
    assertThat(Secrets.holds(Templates.render(template, SCOPE))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{ users[0].name }}", "{{ users | map(attribute='name') | first }}", "{{ pw | length }}",
        "{{ pw == 'x' }}", "{{ pw is defined }}", "{{ users | map(attribute='name') | join(',') }}",
        "{{ users | length }}", "{{ (users | first).name ~ '!' }}", "{{ 'x' | default(pw) }}",
        "{% for u in users %}{{ u.name }}{% endfor %}",
      })
  void isNotSecret(String template) {
    Value value = Templates.render(template, SCOPE);
    assertThat(Secrets.holds(value)).isFalse();
  }
}
