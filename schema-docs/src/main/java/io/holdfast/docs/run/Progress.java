package io.holdfast.docs.run;

/** Told how far a run is. Called by the thread that runs. */
public interface Progress {

  /** Tells nobody. */
  Progress NONE = new Progress() {
    @Override
    public void begin(int tables) {}

    @Override
    public void next(String table) {}

    @Override
    public void done(String table, RunReport.Outcome outcome) {}

    @Override
    public void warn(String sentence) {}

    @Override
    public void end() {}
  };

  /** So many tables are to come. */
  void begin(int tables);

  /** This table is being documented. */
  void next(String table);

  /** It has been documented, or could not be. */
  void done(String table, RunReport.Outcome outcome);

  /** Something the user should read. */
  void warn(String sentence);

  /** It is over, whether well or not. */
  void end();
}
