package io.holdfast.langchain4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.openai.OpenAiEmbeddingModel;
import io.holdfast.response.ResponseCache;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.EmbeddingException;
import io.holdfast.semantic.Vectors;
import io.holdfast.semantic.minilm.MiniLmEmbedder;
import io.holdfast.semantic.stage.SemanticAnswers;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** LangChain4j's own client of OpenAI, over HTTP, against a service that has the vectors of a real model. */
class EmbeddingModelEmbedderTest {
  private static final int DIMENSIONS = 384;
  private static final String ASKED = "How many customers placed an order in 2023?";
  private static final String OTHER_WORDS = "How many customers ordered something in 2023?";

  private final MiniLmEmbedder miniLm = MiniLmEmbedder.load();

  @TempDir
  private Path directory;

  private ModelFixture fixture;

  @BeforeEach
  void open() throws IOException {
    fixture = new ModelFixture(directory);
    fixture.server.vectors = text -> miniLm.embed(text).sentence();
  }

  @AfterEach
  void close() {
    fixture.close();
    miniLm.close();
  }

  private EmbeddingModel model() {
    return OpenAiEmbeddingModel.builder()
        .baseUrl(fixture.server.baseUrl())
        .apiKey("none")
        .modelName("e-1")
        .maxRetries(0)
        .build();
  }

  private EmbeddingModelEmbedder embedder() {
    return EmbeddingModelEmbedder.of(model(), "test/e-1", DIMENSIONS);
  }

  @Test
  void embed_text_isTheServicesVectorOfLengthOne() {
    Embedding embedding = embedder().embed(ASKED);
    assertThat(embedding.cosine(miniLm.embed(ASKED))).isBetween(0.9999, 1.0001);
    assertThat(Vectors.dot(embedding.sentence(), embedding.sentence())).isBetween(0.9999, 1.0001);
    assertThat(embedding.pieces()).isEmpty();
  }

  @Test
  void embed_serviceThatFails_saysWhoAndNotWhat() {
    fixture.server.status = 500;
    assertThatExceptionOfType(EmbeddingException.class)
        .isThrownBy(() -> embedder().embed(ASKED))
        .withMessageContaining("test/e-1")
        .withMessageNotContaining("customers");
  }

  @Test
  void embed_vectorOfOtherDimensions_isRefused() {
    assertThatExceptionOfType(EmbeddingException.class)
        .isThrownBy(() -> EmbeddingModelEmbedder.of(model(), "test/e-1", 12).embed(ASKED))
        .withMessageContaining("384 dimensions instead of 12");
  }

  @Test
  void identity_ofAnotherNameOrDimension_isAnother() {
    assertThat(embedder().identity()).isEqualTo(embedder().identity());
    assertThat(EmbeddingModelEmbedder.of(model(), "test/e-2", DIMENSIONS).identity())
        .isNotEqualTo(embedder().identity());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddingModelEmbedder.of(model(), " ", DIMENSIONS));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EmbeddingModelEmbedder.of(model(), "m", 0));
  }

  @Test
  void verified_withVectorsOfSentencesOnly_isRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> SemanticAnswers.verified(embedder()));
  }

  /** LangChain4j from end to end: a chat model, its questions, an embedding model that finds other words. */
  @Test
  void chat_otherWordsInAProvenNamespace_areAnsweredFromTheCache() {
    SemanticAnswers stage =
        SemanticAnswers.guardedCosine(embedder()).maxFalseHitRate(0.1).build();
    var evidence = stage.open("chat");
    for (int pair = 0; pair < 40; pair++) {
      evidence.learn("test", 0.85, true);
    }
    try (ResponseCache<ChatResponse> responses = ChatResponses.over(fixture.cache)
        .name("chat")
        .purgeExecutor(Runnable::run)
        .semantic(stage, "test")
        .build()) {
      ChatModel chat = CachingChatModel.of(fixture.openAi().build(), responses, "test");
      fixture.server.requests.clear();
      ask(chat, "Be brief.", ASKED);
      ask(chat, "Be brief.", OTHER_WORDS);
      assertThat(responses.statistics().semantic().hits()).isEqualTo(1);
      ask(chat, "Be long.", OTHER_WORDS);
      ask(chat, "Be brief.", OTHER_WORDS.replace("2023", "2024"));
      assertThat(responses.statistics().semantic().hits()).isEqualTo(1);
      assertThat(fixture.server.requests.stream().filter(request -> request.has("messages")))
          .hasSize(3);
      assertThat(fixture.server.requests.stream().filter(request -> request.has("input")))
          .as("each question once, and no stored one again")
          .hasSize(4);
    }
  }

  private static void ask(ChatModel chat, String system, String question) {
    assertThat(chat.chat(SystemMessage.from(system), UserMessage.from(question))
            .aiMessage()
            .text())
        .isEqualTo("because");
  }
}
