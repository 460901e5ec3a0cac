-- Rises by one with each log, so that a log which is not the next one of this file is told from it.
ALTER TABLE store ADD COLUMN log_number INTEGER NOT NULL DEFAULT 0;
UPDATE store SET log_number = random() & 0x3fffffffffffffff;
