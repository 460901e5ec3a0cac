package io.holdfast.tier;

/** Under the heap tier of Ehcache, which a cache of plain Ehcache has. */
class UnderHeapTest extends UnderHeapContract {
  UnderHeapTest() {
    super(TierFixture.Heap.EHCACHES);
  }
}
