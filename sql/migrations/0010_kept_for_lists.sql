-- The catalogue's edition: one more with each change of services and plans, in the transaction that changes them. Pools
-- keep what they read of the catalogue until the session statement tells of another edition.
CREATE TABLE catalogue_edition (
  one TINYINT UNSIGNED NOT NULL,
  edition BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (one),
  CONSTRAINT catalogue_edition_one CHECK (one = 1)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO catalogue_edition (one, edition) VALUES (1, 1);

-- How many share groups a customer has: kept in the transaction that makes or ends one.
ALTER TABLE customer_count
  ADD COLUMN share_groups INT UNSIGNED NOT NULL DEFAULT 0;

UPDATE customer_count n
   SET n.share_groups = (SELECT COUNT(*) FROM share_group g WHERE g.customer_id = n.customer_id AND g.ended_on IS NULL);
