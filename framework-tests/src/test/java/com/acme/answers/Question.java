package com.acme.answers;

import java.util.List;

/** What is asked. */
public record Question(String text, List<String> tables) {}
