package dev.molt.runner.module.builtin.facts;

import dev.molt.dsl.value.MapValue;
import dev.molt.dsl.value.Value;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The time by the host's clock, in its zone. */
final class DateFacts {
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss'Z'", Locale.ROOT);

  /** The zone is looked at in winter and in summer, whichever half of the world has which. */
  private static final String SCRIPT =
      """
      s date; date '+%Y %m %A %w %W %d %H %M %S %s %N %Z %z'
      y=$(date +%Y)
      date -d "$y-01-15" '+%Z %z'; date -d "$y-07-15" '+%Z %z'
      """;

  private static final List<String> NAMES =
      List.of(
          "year",
          "month",
          "weekday",
          "weekday_number",
          "weeknumber",
          "day",
          "hour",
          "minute",
          "second");

  private DateFacts() {}

  static FactSource source() {
    return new FactSource(SCRIPT, DateFacts::read);
  }

  private static void read(Reply reply, MapValue facts) {
    List<String> lines = reply.lines("date");
    String[] now = lines.isEmpty() ? new String[0] : lines.get(0).strip().split("\\s+");
    int zone = now.length - 2;
    if (zone < 10 || !now[9].matches("\\d{1,12}")) {
      return;
    }
    MapValue date = MapValue.empty();
    for (int i = 0; i < NAMES.size(); i++) {
      date.put(NAMES.get(i), Value.of(now[i]));
    }
    // A date without %N prints nothing for it, or its letters.
    long nanos = zone == 11 && now[10].matches("\\d{9}") ? Long.parseLong(now[10]) : 0;
    String micros = String.format(Locale.ROOT, "%06d", nanos / 1000);
    Instant instant = Instant.ofEpochSecond(Long.parseLong(now[9]), nanos);
    String day = now[0] + "-" + now[1] + "-" + now[5];
    String basic = now[0] + now[1] + now[5] + "T" + now[6] + now[7] + now[8];
    date.put("epoch", Value.of(now[9]));
    date.put("epoch_int", Value.of(now[9]));
    date.put("date", Value.of(day));
    date.put("time", Value.of(now[6] + ":" + now[7] + ":" + now[8]));
    date.put("iso8601_micro", Value.of(MICROS.format(instant.atZone(ZoneOffset.UTC))));
    date.put("iso8601", Value.of(SECONDS.format(instant.atZone(ZoneOffset.UTC))));
    date.put("iso8601_basic", Value.of(basic + micros));
    date.put("iso8601_basic_short", Value.of(basic));
    date.put("tz", Value.of(now[zone]));
    date.put("tz_dst", Value.of(summer(lines, now[zone])));
    date.put("tz_offset", Value.of(now[zone + 1]));
    facts.put("date_time", date);
  }

  /** The zone's name while the clock is put forward; the same where it never is. */
  private static String summer(List<String> lines, String now) {
    if (lines.size() < 3) {
      return now;
    }
    String[] january = lines.get(1).strip().split("\\s+");
    String[] july = lines.get(2).strip().split("\\s+");
    if (january.length < 2 || july.length < 2) {
      return now;
    }
    return offset(july[1]) > offset(january[1]) ? july[0] : january[0];
  }

  private static int offset(String text) {
    return text.matches("[+-]\\d{4}") ? Integer.parseInt(text) : 0;
  }
}
