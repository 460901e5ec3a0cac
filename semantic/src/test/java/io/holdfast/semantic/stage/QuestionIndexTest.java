package io.holdfast.semantic.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.holdfast.response.spi.SemanticIndex.Asked;
import io.holdfast.response.spi.SemanticIndex.Entries;
import io.holdfast.response.spi.SemanticIndex.Match;
import io.holdfast.response.spi.SemanticIndex.Stored;
import io.holdfast.semantic.Embedding;
import io.holdfast.semantic.RealModel;
import io.holdfast.semantic.minilm.MiniLmEmbedder;
import io.holdfast.semantic.verify.Judgement;
import io.holdfast.semantic.verify.PairJudge;
import io.holdfast.semantic.verify.Verifier;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(RealModel.class)
class QuestionIndexTest {
  private static final String ASKED = "How many customers placed an order in 2023?";
  private static final String OTHER_WORDS = "What is the number of customers who ordered in 2023?";

  private final MiniLmEmbedder embedder;
  private final VectorText vectors;
  private final Counting judge;
  private final QuestionIndex index;
  private final Map<String, Stored> stored = new HashMap<>();

  QuestionIndexTest(MiniLmEmbedder embedder) {
    this.embedder = embedder;
    this.vectors = new VectorText(embedder.identity());
    var scopes = new Scopes(namespace -> new Scope(
        namespace, new Promise(0.01, 0.95), new EvidenceCache(null, "c"), scope -> {}, () -> 0));
    this.judge = new Counting(Verifier.load(embedder));
    this.index = new QuestionIndex(embedder, judge, scopes);
  }

  /** Notes how many pairs are judged. */
  private static final class Counting implements PairJudge {
    private final PairJudge judge;
    private int judged;

    Counting(PairJudge judge) {
      this.judge = judge;
    }

    @Override
    public String name() {
      return judge.name();
    }

    @Override
    public boolean readsPieces() {
      return judge.readsPieces();
    }

    @Override
    public Judgement judge(Embedding a, Embedding b) {
      judged++;
      return judge.judge(a, b);
    }

    @Override
    public boolean forbids(String a, String b) {
      return judge.forbids(a, b);
    }
  }

  private final Entries entries = members -> {
    var read = new HashMap<String, Optional<Stored>>();
    for (String member : members) {
      if (stored().containsKey(member)) {
        read.put(member, Optional.of(stored().get(member)));
      }
    }
    return read;
  };

  private Map<String, Stored> stored() {
    return stored;
  }

  private static String member(int number) {
    return "%064x".formatted(number);
  }

  private void add(int number, String question) {
    add("p", number, question, embedder.embed(question));
  }

  private void add(String partition, int number, String question, Embedding embedding) {
    String vector = vectors.write(question, embedding.sentence());
    stored.put(member(number), new Stored(question, vector));
    index.add(partition, member(number), vector);
  }

  private Optional<Match> match(String question) {
    Asked asked = index.read(question).orElseThrow();
    return index.match("chat", "p", asked, entries);
  }

  /** They differ in a number only, so they are all equally near: one is meant, and the others must not answer. */
  @Test
  void match_amongTenThousandNearIdenticalOnes_isNeverAnotherNumber() {
    Embedding template = embedder.embed("How many units of product 0 were sold?");
    for (int product = 0; product < 10_000; product++) {
      add("p", product, "How many units of product " + product + " were sold?", template);
    }
    for (int product = 0; product < 10_000; product += 1_111) {
      String meant = member(product);
      match("What number of units was sold of product " + product + "?").ifPresent(match -> {
        if (!match.member().equals(meant)) {
          assertThat(match.score()).as("too low for any promise").isLessThan(0);
        }
      });
    }
    assertThat(index.size()).isEqualTo(10_000);
  }

  @Test
  void match_amongOthers_isTheSurest() {
    add(1, "How many customers placed an order in 2022?");
    add(2, ASKED);
    add(3, "List all customers who placed an order.");
    assertThat(match(OTHER_WORDS)).hasValueSatisfying(match -> {
      assertThat(match.member()).isEqualTo(member(2));
      assertThat(match.score()).isGreaterThan(2.56);
      assertThat(match.isServed()).as("without evidence").isFalse();
    });
  }

  /** Each pair that is judged costs milliseconds. */
  @Test
  void match_oneIsSureEnough_theOthersAreNotJudged() {
    add(1, "How many customers cancelled an order in 2023?");
    add(2, ASKED);
    add(3, "How many customers reviewed an order in 2023?");
    match(OTHER_WORDS);
    assertThat(judge.judged).as("while none is served").isEqualTo(3);

    for (int pair = 0; pair < 1_000; pair++) {
      index.learn("chat", 2 + pair / 1_000.0, /* isRight= */ true);
    }
    judge.judged = 0;
    assertThat(match(OTHER_WORDS)).hasValueSatisfying(match -> {
      assertThat(match.member()).isEqualTo(member(2));
      assertThat(match.isServed()).isTrue();
    });
    assertThat(judge.judged).isLessThan(3);
  }

  /** Those that a guard forbids neither cost anything nor take the places of others. */
  @Test
  void match_nearestOnesDifferInANumber_isTheOneBehindThem() {
    for (int year = 2000; year < 2010; year++) {
      add(year, OTHER_WORDS.replace("2023", "" + year));
    }
    add(1, ASKED);
    assertThat(match(OTHER_WORDS))
        .hasValueSatisfying(match -> assertThat(match.member()).isEqualTo(member(1)));
    assertThat(judge.judged).isEqualTo(1);
  }

  @Test
  void match_anotherPartition_isNone() {
    add("other", 1, ASKED, embedder.embed(ASKED));
    assertThat(match(OTHER_WORDS)).isEmpty();
  }

  @Test
  void match_memberThatIsGone_isForgotten_oneForOthersOnly_isKept() {
    add(1, ASKED);
    Asked asked = index.read(OTHER_WORDS).orElseThrow();
    assertThat(index.match("chat", "p", asked, members -> Map.of(member(1), Optional.empty())))
        .isEmpty();
    assertThat(index.size()).isEqualTo(1);
    stored.clear();
    assertThat(match(OTHER_WORDS)).isEmpty();
    assertThat(index.size()).isZero();
  }

  @Test
  void add_sameMemberAgain_isThereOnce() {
    add(1, ASKED);
    add(1, ASKED);
    assertThat(index.size()).isEqualTo(1);
    assertThat(match(OTHER_WORDS)).isPresent();
  }

  @Test
  void add_vectorOfAnotherModel_isPassedOver() {
    index.add(
        "p",
        member(1),
        new VectorText(new OtherModel(embedder).identity())
            .write(ASKED, embedder.embed(ASKED).sentence()));
    index.add("p", member(2), "nonsense");
    assertThat(index.size()).isZero();
  }

  @Test
  void removeAll_chosenPartitions_leavesTheOthers() {
    add(1, ASKED);
    add("of another tenant", 2, ASKED, embedder.embed(ASKED));
    index.removeAll(partition -> partition.startsWith("of another"));
    assertThat(index.size()).isEqualTo(1);
    assertThat(match(OTHER_WORDS)).isPresent();
  }
}
