package dev.molt.runner.repl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.molt.runner.cli.PlaybookTools;
import dev.molt.runner.event.Secrets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecrecyTest {
  private final Secrets secrets = new Secrets();
  private final Secrecy secrecy = new Secrecy(PlaybookTools.actions(), secrets);

  SecrecyTest() {
    secrets.add("opened by the vault");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "user name=x password=hunter2",
        "user:\n  name: x\n  password: hunter2\n",
        "debug msg='was opened by the vault'",
        "run upgrade.yml -e db_password=x",
        "run upgrade.yml -e '{\"api_token\": \"x\"}'",
        "! psql postgres://tegu:hunter2@db/tegu",
        "! mysql --password hunter2",
        "set_fact my_secret=x",
        "copy content=x dest=/root/key # token: x",
        "set_fact: {x: !vault x}",
        " ! echo whoever begins with a blank knows why",
        "pg_check dsn=postgres://tegu@db/tegu",
        "set_fact db_pwd=hunter2",
        "run upgrade.yml -e db_pw=hunter2",
        "! curl -H 'Authorization: Bearer hunter2' https://x",
        "! curl -u admin:hunter2 https://x",
        "! sshpass -p hunter2 true",
        "! mysql -u root -phunter2",
        "! echo root:hunter2 | chpasswd",
        "! redis-cli -a hunter2",
        "! ldapsearch -x -w hunter2",
        "! echo hunter2 | passwd --stdin root",
        "! htpasswd -bn u hunter2",
        "! smbclient -U u%hunter2 //x/y",
        "! curl -H 'X-Auth: hunter2' https://x",
        "! openssl passwd hunter2",
        "! useradd -p hunter2 bob",
        "! lftp -u bob,hunter2 x",
        "! influx -password hunter2",
        "! kinit x <<< hunter2",
        "! ipmitool -P hunter2 power",
        "! snmpwalk -A hunter2 x",
        "! mosquitto_pub -P hunter2",
        "! net user x hunter2",
        "{{ 'hunter2' | password_hash }}",
      })
  void areKeptNowhere(String line) {
    assertThat(secrecy.secret(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "service name=tegu",
        "user name=x state=absent",
        "! cat /etc/passwd",
        "! getent passwd bob",
        "! systemctl status snmpd",
        "run upgrade.yml --check -e version=1.2",
        "{{ tokens | length }}",
        ":hosts tegu:!n3",
        "! curl https://localhost:8080/x",
        "! pwd; journalctl -u tegu --since 10:00",
        "! docker run -p8080:80 x",
      })
  void areWorthKeeping(String line) {
    assertThat(secrecy.secret(line)).isFalse();
  }
}
