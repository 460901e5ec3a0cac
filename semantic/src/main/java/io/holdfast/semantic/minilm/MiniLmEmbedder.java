package io.holdfast.semantic.minilm;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.holdfast.semantic.Embedder;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.EmbeddingException;
import io.holdfast.semantic.EmbeddingIdentity;
import io.holdfast.semantic.Vectors;
import io.holdfast.semantic.minilm.WordPieceTokenizer.Tokens;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * The quantised all-MiniLM-L6-v2 model: 384 dimensions, English, some milliseconds a text on one core.
 *
 * <p>One text a run, never padded: the model scales its 8-bit numbers by the largest of a run, so texts that share a run change
 * each other's vectors, and a threshold that was calibrated would mean something else in each batch.
 */
public final class MiniLmEmbedder implements Embedder {
  /** The model saw no longer texts when it was trained; and a question of more words is not one to guess about. */
  private static final int MAX_PIECES = 128;

  private final EmbeddingIdentity identity;
  private final WordPieceTokenizer tokenizer;
  private final OrtSession session;
  private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();
  private boolean closed;

  private MiniLmEmbedder(
      EmbeddingIdentity identity, WordPieceTokenizer tokenizer, OrtSession session) {
    this.identity = identity;
    this.tokenizer = tokenizer;
    this.session = session;
  }

  /** Loads the model with one thread a text; see {@link #load(int)}. */
  public static MiniLmEmbedder load() {
    return load(1);
  }

  /**
   * Loads the model from the class path. Takes about a second and some 60 MB of native memory; ONNX Runtime unpacks its library
   * into the directory for temporary files first.
   *
   * @param threadsPerText how many threads compute one text; 1 serves a server best
   * @throws IllegalArgumentException if {@code threadsPerText} is not positive
   * @throws EmbeddingException if a file is missing or the model does not load; nothing stays open
   */
  public static MiniLmEmbedder load(int threadsPerText) {
    if (threadsPerText < 1) {
      throw new IllegalArgumentException("threadsPerText must be positive: " + threadsPerText);
    }
    ModelFiles files = ModelFiles.read();
    WordPieceTokenizer tokenizer = new WordPieceTokenizer(files.vocabulary(), MAX_PIECES);
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(threadsPerText);
      options.setInterOpNumThreads(1);
      OrtSession session = OrtEnvironment.getEnvironment().createSession(files.model(), options);
      return new MiniLmEmbedder(files.identity(), tokenizer, session);
    } catch (OrtException e) {
      throw new EmbeddingException("load the model " + ModelFiles.MODEL, e);
    }
  }

  @Override
  public EmbeddingIdentity identity() {
    return identity;
  }

  @Override
  public Embedding embed(String text) {
    Tokens tokens = tokenizer.tokenize(text);
    float[][] vectors = run(tokens.ids());
    float[] sentence = Vectors.normalise(mean(vectors));
    float[][] pieces = Arrays.copyOfRange(vectors, 1, vectors.length - 1);
    return new Embedding(text, sentence, tokens.pieces(), pieces, tokens.truncated());
  }

  private float[][] run(long[] ids) {
    lifetime.readLock().lock();
    try {
      if (closed) {
        throw new IllegalStateException("The embedder is closed");
      }
      return compute(ids);
    } catch (OrtException e) {
      throw new EmbeddingException("run the model " + ModelFiles.MODEL, e);
    } finally {
      lifetime.readLock().unlock();
    }
  }

  private float[][] compute(long[] ids) throws OrtException {
    long[] shape = {1, ids.length};
    long[] ones = new long[ids.length];
    Arrays.fill(ones, 1);
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OnnxTensor input = OnnxTensor.createTensor(environment, LongBuffer.wrap(ids), shape);
        OnnxTensor mask = OnnxTensor.createTensor(environment, LongBuffer.wrap(ones), shape);
        OnnxTensor types =
            OnnxTensor.createTensor(environment, LongBuffer.wrap(new long[ids.length]), shape);
        OrtSession.Result result = session.run(
            Map.of("input_ids", input, "attention_mask", mask, "token_type_ids", types))) {
      OnnxTensor output = (OnnxTensor) result.get(0); // closed with the result
      return rows(output.getFloatBuffer(), ids.length);
    }
  }

  private float[][] rows(FloatBuffer numbers, int count) {
    float[][] rows = new float[count][identity.dimensions()];
    for (float[] row : rows) {
      numbers.get(row);
    }
    return rows;
  }

  private static float[] mean(float[][] rows) {
    float[] mean = new float[rows[0].length];
    for (float[] row : rows) {
      for (int i = 0; i < mean.length; i++) {
        mean[i] += row[i] / rows.length;
      }
    }
    return mean;
  }

  @Override
  public void close() {
    lifetime.writeLock().lock();
    try {
      if (!closed) {
        closed = true;
        session.close();
      }
    } catch (OrtException e) {
      throw new EmbeddingException("close the model " + ModelFiles.MODEL, e);
    } finally {
      lifetime.writeLock().unlock();
    }
  }
}
