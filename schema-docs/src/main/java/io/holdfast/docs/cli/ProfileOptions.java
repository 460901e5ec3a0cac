package io.holdfast.docs.cli;

import io.holdfast.docs.profile.ProfileSettings;
import java.time.Duration;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** How closely to look at the rows. */
final class ProfileOptions {

  @Option(
      names = "--sample-rows",
      paramLabel = "N",
      description = "Rows to read of a large table. Default: ${DEFAULT-VALUE}.")
  private int sampleRows = ProfileSettings.DEFAULT.sampleRows();

  @Option(
      names = "--table-seconds",
      paramLabel = "N",
      description = "Time for all queries of one table. Default: ${DEFAULT-VALUE}.")
  private int tableSeconds = (int) ProfileSettings.DEFAULT.perTable().toSeconds();

  @Option(
      names = "--no-values",
      description = "Leave values, ranges and examples out of the pages and the prompts.")
  private boolean noValues;

  /**
   * The settings.
   *
   * @throws ParameterException if they make no sense
   */
  ProfileSettings settings(CommandLine line) {
    if (sampleRows < 1 || tableSeconds < 1) {
      throw new ParameterException(line, "--sample-rows and --table-seconds must be at least 1.");
    }
    return new ProfileSettings(
        Duration.ofSeconds(tableSeconds),
        sampleRows,
        ProfileSettings.DEFAULT.frequentValues(),
        !noValues);
  }
}
