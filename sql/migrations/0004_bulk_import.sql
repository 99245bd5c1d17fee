-- Bulk loads: a file becomes rows of a run, is checked set-wise, and is published customer by customer. A kind of load
-- has a table of its own for its rows (line_import); runs, faults and parts are the same for all.

-- staging: being read and checked. publishing: every row was good. done: all is published. dropped: bad, only checked,
-- or given up. The rows of done and dropped runs are purged later.
CREATE TABLE import_run (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  kind VARCHAR(16) NOT NULL,
  digest BINARY(32) NOT NULL,
  state VARCHAR(12) NOT NULL,
  row_count INT UNSIGNED NOT NULL DEFAULT 0,
  actor_name VARCHAR(100) NOT NULL,
  begun_at DATETIME(6) NOT NULL,
  ended_at DATETIME(6) NULL,
  purged_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  KEY import_run_state (state, kind),
  KEY import_run_purged (purged_at, state),
  CONSTRAINT import_run_state_of CHECK (state IN ('staging', 'publishing', 'done', 'dropped'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What is wrong with a row of the file. place orders the columns.
CREATE TABLE import_fault (
  run_id BIGINT UNSIGNED NOT NULL,
  row_no INT UNSIGNED NOT NULL,
  place TINYINT UNSIGNED NOT NULL,
  reason VARCHAR(16) NOT NULL,
  value VARCHAR(200) NOT NULL,
  PRIMARY KEY (run_id, row_no, place, reason),
  CONSTRAINT import_fault_run FOREIGN KEY (run_id) REFERENCES import_run (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What there is to publish for each customer, and how far that has come.
CREATE TABLE import_part (
  run_id BIGINT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  row_count INT UNSIGNED NOT NULL,
  next_row INT UNSIGNED NOT NULL DEFAULT 0,
  done TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, customer_id),
  CONSTRAINT import_part_run FOREIGN KEY (run_id) REFERENCES import_run (id),
  CONSTRAINT import_part_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT import_part_done CHECK (done IN (0, 1))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Lines as a file has them. No customer or project: the name was unknown. known: the line is there already.
CREATE TABLE line_import (
  run_id BIGINT UNSIGNED NOT NULL,
  row_no INT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NULL,
  project_id BIGINT UNSIGNED NULL,
  phone VARCHAR(14) NOT NULL,
  serial VARCHAR(20) NOT NULL,
  iccid VARCHAR(20) NULL,
  kind VARCHAR(8) NOT NULL,
  size VARCHAR(8) NOT NULL,
  service_id BIGINT UNSIGNED NOT NULL,
  plan_id BIGINT UNSIGNED NOT NULL,
  state VARCHAR(12) NOT NULL,
  activated_on DATE NULL,
  known TINYINT NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, row_no),
  KEY line_import_customer (run_id, customer_id, known),
  KEY line_import_phone (run_id, phone),
  KEY line_import_serial (run_id, serial),
  KEY line_import_iccid (run_id, iccid)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
