package io.holdfast.semantic.stage;

import io.holdfast.semantic.index.SignIndex;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Predicate;

/** The members of partitions, by the signs of their vectors. Safe from any thread. */
final class Members {
  private final SignIndex signs;
  private final MemberSlots slots = new MemberSlots();

  Members(int dimensions) {
    this.signs = new SignIndex(dimensions);
  }

  /** Adds a member that is not there: a member stands for its wording, whose vector does not change. */
  synchronized void add(String partition, String member, long[] vectorSigns) {
    MemberSlots.Slot slot = slots.add(member);
    if (slot.isNew()) {
      signs.add(partition, slot.number(), vectorSigns);
    }
  }

  synchronized void remove(String partition, String member) {
    int slot = slots.find(member);
    if (slot >= 0 && signs.remove(partition, slot)) {
      slots.remove(slot);
    }
  }

  synchronized void removeAll(Predicate<String> partitions) {
    for (long slot : signs.removeAll(partitions)) {
      slots.remove((int) slot);
    }
  }

  /** The few that come into question, the nearest by signs first. Waits for no other search. */
  Set<String> nearest(String partition, float[] vector) {
    var members = new LinkedHashSet<String>();
    for (long slot : signs.candidates(partition, vector)) {
      members.add(slots.member((int) slot));
    }
    return members;
  }

  long size() {
    return slots.size();
  }
}
