package io.holdfast.jmx;

/** What an operation does; the owner of the process says which effects its beans may have. */
public enum Effect {

  /** Nothing changes. */
  READS,

  /** Does now what the library does by itself sooner or later. */
  MAINTAINS,

  /** Live entries are deleted. */
  DELETES,

  /** A file is written into the directory for backups. */
  COPIES
}
