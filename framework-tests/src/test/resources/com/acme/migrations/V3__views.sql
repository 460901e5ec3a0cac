CREATE VIEW buyer AS SELECT c.name, p.id FROM customer c JOIN purchase p ON p.customer = c.id;
