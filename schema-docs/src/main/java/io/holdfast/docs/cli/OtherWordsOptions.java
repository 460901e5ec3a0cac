package io.holdfast.docs.cli;

import io.holdfast.docs.serve.ChatModel;
import io.holdfast.response.spi.SemanticScope;
import io.holdfast.response.spi.SemanticStage;
import io.holdfast.semantic.minilm.MiniLmEmbedder;
import io.holdfast.semantic.pairs.LabelledPair;
import io.holdfast.semantic.pairs.PairFile;
import io.holdfast.semantic.stage.SemanticAnswers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import javax.cache.Cache;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether the chat is answered from the cache in other words too, and by what evidence. */
final class OtherWordsOptions {

  @Option(
      names = "--judged-pairs",
      paramLabel = "FILE",
      description =
          "Answer the chat from the cache in other words too, if these pairs prove that it is"
              + " safe: columns question1, question2, should_match, as for holdfast semantic evaluate."
              + " Questions are kept beside their answers then.")
  private @Nullable Path pairs;

  @Option(
      names = "--max-false-hit-rate",
      paramLabel = "R",
      description =
          "The largest share of wrong answers among those, at 95 %% confidence. Default: ${DEFAULT-VALUE}.")
  private double maxFalseHitRate = 0.01;

  private @Nullable MiniLmEmbedder embedder;

  boolean isAskedFor() {
    return pairs != null;
  }

  /**
   * The stage, which has learnt from the pairs: some 10 milliseconds for each, at the first start with this file. Null if nobody asked
   * for it.
   *
   * @param evidence keeps what is learnt
   * @param err is told what the pairs allow
   */
  @Nullable
  SemanticStage stage(Cache<String, String> evidence, PrintWriter err) {
    if (pairs == null) {
      return null;
    }
    List<LabelledPair> judged = read(pairs);
    MiniLmEmbedder loaded = MiniLmEmbedder.load();
    embedder = loaded;
    SemanticAnswers stage = settings(loaded).evidence(evidence).build();
    err.println(told(stage.learnOnce(ChatModel.CACHE, ChatModel.NAMESPACE, digest(pairs), judged)));
    err.flush();
    return stage;
  }

  private static String digest(Path file) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
      return HexFormat.of().formatHex(digest);
    } catch (IOException e) {
      throw new UserError("Cannot read pairs from " + file + ": " + e.getMessage() + ".", e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private SemanticAnswers.Builder settings(MiniLmEmbedder loaded) {
    try {
      return SemanticAnswers.verified(loaded).maxFalseHitRate(maxFalseHitRate);
    } catch (IllegalArgumentException e) {
      throw new UserError("--max-false-hit-rate must be between 0 and 1.", e);
    }
  }

  private static List<LabelledPair> read(Path file) {
    try {
      return PairFile.read(file);
    } catch (IOException e) {
      throw new UserError("Cannot read pairs from " + file + ": " + e.getMessage() + ".", e);
    }
  }

  private static String told(SemanticScope scope) {
    return scope.isOpen()
        ? String.format(
            Locale.ROOT,
            "Questions in other words are answered from the cache: of %d judged pairs like those, %d are"
                + " wrong, so at most %.2f %%.",
            scope.served(),
            scope.wrong(),
            100 * scope.upperBound())
        : String.format(
            Locale.ROOT,
            "Questions in other words are not answered from the cache: %d judged pairs do not prove at"
                + " most %.2f %% wrong. It takes %d, all of them right, or more.",
            scope.evidence(),
            100 * scope.maxFalseHitRate(),
            scope.needed());
  }

  /** Frees the model, if it was loaded. */
  void close() {
    if (embedder != null) {
      embedder.close();
    }
  }
}
