CREATE TABLE purchase (
  id       INTEGER PRIMARY KEY,
  customer INTEGER NOT NULL REFERENCES customer (id)
);
ALTER TABLE customer ADD COLUMN email VARCHAR(80);
