package io.holdfast.langchain4j;

import dev.langchain4j.data.embedding.Embedding;
import io.holdfast.response.ResponseCodec;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** The floats of an embedding, little-endian, as Base64: exact, and five and a third characters each. */
final class EmbeddingCodec implements ResponseCodec<Embedding> {

  static final EmbeddingCodec INSTANCE = new EmbeddingCodec();

  @Override
  public String format() {
    return "langchain4j-embedding:1";
  }

  @Override
  public String encode(Embedding embedding) {
    float[] vector = embedding.vector();
    ByteBuffer bytes =
        ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(vector);
    return Base64.getEncoder().encodeToString(bytes.array());
  }

  @Override
  public Embedding decode(String payload) {
    byte[] bytes = Base64.getDecoder().decode(payload);
    if (bytes.length % Float.BYTES != 0) {
      throw new IllegalArgumentException("not a whole number of floats");
    }
    var vector = new float[bytes.length / Float.BYTES];
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
    return Embedding.from(vector);
  }
}
