package io.holdfast.docs.serve;

import io.holdfast.docs.llm.StreamedAnswer;
import io.holdfast.response.Answer;

/** What is told of an answer under way. */
sealed interface ChatEvent {

  /** The model is being asked for this very request. */
  record Asking() implements ChatEvent {}

  /** The next piece. */
  record Piece(String text) implements ChatEvent {}

  /** The end: the whole answer. */
  record Done(Answer<StreamedAnswer> answer) implements ChatEvent {}

  /** The end: it broke. */
  record Broken(Throwable failure) implements ChatEvent {}
}
