package io.holdfast.response;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import javax.cache.CacheManager;

/** A process that answers each line of its input as a question, and prints the outcome. */
final class StoringProcess {

  private StoringProcess() {}

  public static void main(String[] arguments) throws Exception {
    var input = new BufferedReader(new InputStreamReader(System.in, UTF_8));
    try (CacheManager manager = AskingProcess.open(Path.of(arguments[0]));
        var responses = ResponseCache.over(AskingProcess.cache(manager))
            .semantic(new WordsStage(), "chat")
            .build()) {
      for (String line = input.readLine(); line != null; line = input.readLine()) {
        String question = line;
        Answer<String> answer =
            responses.answer(SemanticWalkTest.key(question), () -> "answer to " + question);
        System.out.println(answer.outcome());
      }
    }
  }
}
