-- Which migrations have run: number 0 makes the table that says so. A row without applied_at is one that began
-- and did not come to its end.

CREATE TABLE IF NOT EXISTS schema_migration (
  number INT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  digest CHAR(64) NOT NULL,
  begun_at DATETIME(6) NOT NULL,
  applied_at DATETIME(6) NULL,
  PRIMARY KEY (number)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
