package io.holdfast.tier;

/** Under the heap tier of our own, which a JSR-107 cache has. */
class UnderOwnHeapTest extends UnderHeapContract {
  UnderOwnHeapTest() {
    super(TierFixture.Heap.OURS);
  }
}
