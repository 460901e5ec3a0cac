package io.holdfast.semantic.verify;

import io.holdfast.semantic.calibrate.Calibration;
import io.holdfast.semantic.calibrate.Decision;
import io.holdfast.semantic.calibrate.Decision.Refuse;
import io.holdfast.semantic.calibrate.Decision.Serve;
import io.holdfast.semantic.calibrate.Evidence;
import java.io.BufferedReader;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Scores of the training pairs, each by weights that had seen nothing of its group, per source.
 *
 * <p>They stand in until there is evidence of one's own. What they promise holds for traffic like theirs: English questions
 * about databases, and short requests made from templates.
 */
public final class ShippedEvidence {
  static final String RESOURCE = "evidence.txt";

  private final Map<String, List<Evidence>> bySource;

  private ShippedEvidence(Map<String, List<Evidence>> bySource) {
    this.bySource = bySource;
  }

  /** Reads the one in this artifact. */
  public static ShippedEvidence load() {
    try (InputStream in = ShippedEvidence.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new FileNotFoundException(RESOURCE);
      }
      Map<String, List<Evidence>> bySource = new TreeMap<>();
      new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split("\t", -1))
          .forEach(f -> bySource
              .computeIfAbsent(f[0], s -> new ArrayList<>())
              .add(new Evidence(Double.parseDouble(f[1]), f[2].equals("1"))));
      return new ShippedEvidence(bySource);
    } catch (IOException e) {
      throw new UncheckedIOException("read " + RESOURCE, e);
    }
  }

  /**
   * Decides on each source alone, and returns the strictest decision: a promise that holds for any mixture of them. Refuses if
   * one source does.
   */
  public Decision decide(Calibration calibration) {
    Serve strictest = null;
    for (List<Evidence> evidence : bySource.values()) {
      Decision decision = calibration.decide(evidence);
      if (decision instanceof Refuse) {
        return decision;
      }
      if (decision instanceof Serve serve
          && (strictest == null || serve.threshold() > strictest.threshold())) {
        strictest = serve;
      }
    }
    if (strictest == null) {
      throw new IllegalStateException(RESOURCE + " holds no evidence");
    }
    return strictest;
  }
}
