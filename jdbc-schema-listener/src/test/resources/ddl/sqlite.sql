# Statements by the grammar of SQLite 3, one a line in the order in which they run; an indented line continues the one before.
CREATE TABLE plant (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL COLLATE NOCASE, height REAL DEFAULT (1 + 2), UNIQUE (name) ON CONFLICT IGNORE)
CREATE TABLE IF NOT EXISTS plant (id)
CREATE TABLE "odd ""name" ([a b], `c d`, 'e')
CREATE TABLE main.strict_one (a INT, b ANY, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID
CREATE TABLE made (a, b GENERATED ALWAYS AS (a * 2) VIRTUAL, c AS (a || ';') STORED, CHECK (a <> 'DROP TABLE plant;'))
CREATE TABLE child (p REFERENCES plant (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED, FOREIGN KEY (p) REFERENCES plant)
CREATE TABLE copied AS SELECT name, height FROM plant WHERE name LIKE '%;%'
/* one /* not nested */ CREATE TABLE after_comment (a)
-- DROP TABLE plant
    CREATE TABLE after_line (a) -- CREATE TABLE x (a)
CREATE TEMP TABLE basket (a)
CREATE TEMPORARY TABLE IF NOT EXISTS basket2 AS SELECT 1 AS a
CREATE TABLE temp.basket3 (a)
CREATE TABLE "temp".basket4 (a)
CREATE TABLE [TEMP].basket5 (a)
CREATE VIRTUAL TABLE words USING fts5(body, tokenize = 'porter')
CREATE VIRTUAL TABLE IF NOT EXISTS boxes USING rtree(id, minX, maxX)
INSERT INTO words (words) VALUES ('rebuild')
INSERT INTO words (body) VALUES ('drop table plant; create table x (a)')
CREATE INDEX by_height ON plant (height DESC)
CREATE UNIQUE INDEX IF NOT EXISTS main.by_name ON plant (lower(name), height) WHERE height > 0
CREATE INDEX IF NOT EXISTS by_height ON plant (name)
CREATE INDEX temp.basket_a ON basket (a)
CREATE VIEW tall AS SELECT * FROM plant WHERE height > 10
CREATE VIEW IF NOT EXISTS tall (a, b) AS SELECT 1, 2
CREATE TEMP VIEW short AS SELECT * FROM plant WHERE height < 1
CREATE TRIGGER grow AFTER INSERT ON plant BEGIN UPDATE plant SET height = 1 WHERE id = new.id; SELECT CASE WHEN 1 THEN 2 ELSE 3 END; END
CREATE TRIGGER IF NOT EXISTS main.shrink BEFORE UPDATE OF height ON plant FOR EACH ROW WHEN new.height < old.height BEGIN SELECT raise(IGNORE), 'no; END'; END;
CREATE TRIGGER felled INSTEAD OF DELETE ON tall BEGIN DELETE FROM plant WHERE id = old.id; DELETE FROM child; END
CREATE TEMP TRIGGER noted AFTER DELETE ON plant BEGIN INSERT INTO basket VALUES (old.id); END
CREATE TEMP TRIGGER noted2 AFTER DELETE ON main.child BEGIN SELECT 1; END
INSERT INTO plant (name) VALUES ('a;b'), ('CREATE TABLE x (a)')
INSERT OR REPLACE INTO plant (id, name) VALUES (1, 'x') ON CONFLICT DO NOTHING
REPLACE INTO plant (id, name) VALUES (1, 'y')
WITH n (x) AS (VALUES (1)) INSERT INTO plant (name) SELECT 'w' || x FROM n
UPDATE plant SET height = 2 WHERE name = 'drop' RETURNING id
DELETE FROM plant WHERE name = "create"
SELECT * FROM plant; 
SELECT 1; SELECT 2
WITH RECURSIVE c (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM c WHERE x < 3) SELECT x FROM c
VALUES (1), (2)
EXPLAIN CREATE TABLE never (a)
EXPLAIN QUERY PLAN SELECT * FROM plant
ALTER TABLE plant ADD COLUMN root TEXT
ALTER TABLE plant ADD leaf INT DEFAULT 3
ALTER TABLE plant RENAME COLUMN root TO roots
ALTER TABLE plant RENAME leaf TO leaves
ALTER TABLE plant DROP COLUMN roots
ALTER TABLE plant DROP leaves
ALTER TABLE main.copied RENAME TO copies
ALTER TABLE basket2 RENAME TO basket6
ALTER TABLE temp.basket3 ADD COLUMN b
ALTER TABLE "odd ""name" RENAME 'e' TO "e f"
VACUUM
VACUUM main
PRAGMA user_version = 5
PRAGMA application_id = 7
PRAGMA foreign_keys = ON
PRAGMA table_info(plant)
PRAGMA main.cache_size = 100
DROP TRIGGER felled
PRAGMA writable_schema = ON
UPDATE sqlite_schema SET sql = 'CREATE VIEW tall AS SELECT 1' WHERE name = 'tall'
UPDATE OR IGNORE main.sqlite_master SET sql = replace(sql, 'height', 'height ') WHERE name = 'by_height'
UPDATE "sqlite_schema" SET sql = sql || ' ' WHERE name = 'copies'
DELETE FROM sqlite_master WHERE type = 'view' AND name = 'tall'
INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES ('view', 'v9', 'v9', 0, 'CREATE VIEW v9 AS SELECT 9')
WITH t AS (SELECT 'v9' AS n) DELETE FROM sqlite_schema WHERE name IN (SELECT n FROM t)
PRAGMA writable_schema = RESET
UPDATE sqlite_sequence SET seq = 9
DELETE FROM sqlite_sequence
ATTACH DATABASE ':memory:' AS other
CREATE TABLE other.thing (a)
DETACH DATABASE other
ATTACH ':memory:' AS "other"
DETACH "other"
BEGIN IMMEDIATE
SAVEPOINT one
CREATE TABLE undone (a)
RELEASE SAVEPOINT one
END TRANSACTION
BEGIN
SAVEPOINT two
ROLLBACK TO two
COMMIT
REINDEX
REINDEX plant
REINDEX main.by_height
ANALYZE
ANALYZE main.plant
ANALYZE sqlite_schema
DROP TRIGGER grow
DROP TRIGGER IF EXISTS main.grow
DROP TRIGGER main.shrink
DROP TRIGGER temp.noted
DROP VIEW IF EXISTS tall
DROP VIEW temp.short
DROP INDEX by_height
DROP INDEX IF EXISTS by_name
DROP TABLE IF EXISTS nowhere
DROP TABLE child
DROP TABLE [odd "name]
DROP TABLE words
DROP TABLE main.made
DROP TABLE basket
DROP TABLE temp.basket4
;; DROP TABLE copies ;
