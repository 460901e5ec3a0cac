CREATE TABLE customer (
  id   INTEGER PRIMARY KEY,
  name VARCHAR(40) NOT NULL
);
CREATE INDEX customer_name ON customer (name);
INSERT INTO customer VALUES (1, 'Ada'), (2, 'a ; in a text');
