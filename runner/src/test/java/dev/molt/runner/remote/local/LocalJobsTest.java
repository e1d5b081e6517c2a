package dev.molt.runner.remote.local;

import dev.molt.runner.remote.Connection;
import dev.molt.runner.remote.ConnectionSettings;
import dev.molt.runner.remote.job.AsyncJobsContract;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class LocalJobsTest extends AsyncJobsContract {
  @Override
  protected Connection connect() {
    return new LocalTransport()
        .open(
            new ConnectionSettings(
                "here",
                "localhost",
                22,
                "me",
                Optional.empty(),
                List.of(),
                Optional.empty(),
                List.of(Path.of("/dev/null")),
                Duration.ofSeconds(5),
                Optional.empty()));
  }
}
