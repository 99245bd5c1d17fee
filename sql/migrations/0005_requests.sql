-- What customers ask for: drafts while they are written, requests once they are made, one item for each line.

ALTER TABLE line ADD COLUMN is_protected TINYINT NOT NULL DEFAULT 0 AFTER memo,
  ADD CONSTRAINT line_protected CHECK (is_protected IN (0, 1));

-- What recharges are offered, in yen before tax.
CREATE TABLE recharge_price (
  bytes BIGINT UNSIGNED NOT NULL,
  valid_from DATE NOT NULL,
  yen INT UNSIGNED NULL,
  PRIMARY KEY (bytes, valid_from)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
INSERT INTO recharge_price (bytes, valid_from, yen) VALUES
  (1000000000, '2014-04-01', 300), (3000000000, '2014-04-01', 900),
  (10000000000, '2014-04-01', 3000), (100000000000, '2014-04-01', 30000);

-- What was entered and not yet submitted. fields: JSON, as typed. of_request: the request that it changes.
-- made_request: what it has become; a draft becomes one request, whoever submits it how often.
CREATE TABLE draft (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  kind VARCHAR(16) NOT NULL,
  of_request BIGINT UNSIGNED NULL,
  made_request BIGINT UNSIGNED NULL,
  idempotency_key VARCHAR(64) NULL,
  fields VARCHAR(8000) NOT NULL,
  item_count INT UNSIGNED NOT NULL DEFAULT 0,
  version INT UNSIGNED NOT NULL DEFAULT 0,
  refused_count INT UNSIGNED NOT NULL DEFAULT 0,
  seen_digest BINARY(32) NULL,
  read_rows INT UNSIGNED NOT NULL DEFAULT 0,
  repaired_rows INT UNSIGNED NOT NULL DEFAULT 0,
  bad_rows INT UNSIGNED NOT NULL DEFAULT 0,
  created_at DATETIME(6) NOT NULL,
  touched_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY draft_idempotency (account_id, idempotency_key),
  KEY draft_touched (touched_at),
  CONSTRAINT draft_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT draft_account FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The lines of a draft, and what the last look at it said of each. refusal '': fits. against: the request in the way.
CREATE TABLE draft_line (
  draft_id BIGINT UNSIGNED NOT NULL,
  line_id BIGINT UNSIGNED NOT NULL,
  refusal VARCHAR(16) NOT NULL DEFAULT '',
  against BIGINT UNSIGNED NULL,
  PRIMARY KEY (draft_id, line_id),
  KEY draft_line_refusal (draft_id, refusal, line_id),
  CONSTRAINT draft_line_draft FOREIGN KEY (draft_id) REFERENCES draft (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What the last upload of numbers had to say: every row refused, the first of those read with a repair.
CREATE TABLE draft_row (
  draft_id BIGINT UNSIGNED NOT NULL,
  is_refused TINYINT NOT NULL,
  row_no INT UNSIGNED NOT NULL,
  reason TINYINT UNSIGNED NOT NULL,
  typed VARCHAR(25) NOT NULL,
  PRIMARY KEY (draft_id, is_refused, row_no),
  CONSTRAINT draft_row_draft FOREIGN KEY (draft_id) REFERENCES draft (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The counts of items are kept in the transaction that changes an item. number stands from the commit on that made it.
CREATE TABLE request (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  number VARCHAR(40) NULL,
  kind VARCHAR(16) NOT NULL,
  status VARCHAR(10) NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  account_name VARCHAR(100) NOT NULL,
  draft_id BIGINT UNSIGNED NULL,
  service_id BIGINT UNSIGNED NULL,
  fields VARCHAR(8000) NOT NULL,
  received_at DATETIME(6) NOT NULL,
  received_on DATE NOT NULL,
  effective_on DATE NOT NULL,
  effective_at DATETIME(6) NOT NULL,
  executed_on DATE NULL,
  cancelled_on DATE NULL,
  items INT UNSIGNED NOT NULL,
  open_items INT UNSIGNED NOT NULL,
  done_items INT UNSIGNED NOT NULL DEFAULT 0,
  failed_items INT UNSIGNED NOT NULL DEFAULT 0,
  left_items INT UNSIGNED NOT NULL DEFAULT 0,
  yen BIGINT UNSIGNED NOT NULL,
  tax_yen BIGINT UNSIGNED NOT NULL,
  tax_percent DECIMAL(5, 2) NOT NULL,
  version INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (id),
  UNIQUE KEY request_number (number),
  UNIQUE KEY request_draft (draft_id),
  KEY request_customer (customer_id, id),
  KEY request_status (customer_id, status, id),
  KEY request_effective (customer_id, effective_on, id),
  CONSTRAINT request_customer_of FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT request_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT request_status_word CHECK (status IN ('pending', 'processing', 'completed', 'failed', 'cancelled'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- One line within a request. effective_at orders the open items of a line; due_at is when a worker looks at it next.
-- from_state: where the line stood when it went to the carrier, for the operator's repair.
CREATE TABLE request_item (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  request_id BIGINT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  line_id BIGINT UNSIGNED NOT NULL,
  result VARCHAR(10) NOT NULL,
  code VARCHAR(32) NULL,
  text VARCHAR(400) NULL,
  effective_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  leased_until DATETIME(6) NULL,
  round INT UNSIGNED NOT NULL DEFAULT 1,
  attempts INT UNSIGNED NOT NULL DEFAULT 0,
  from_state VARCHAR(12) NULL,
  plan_id BIGINT UNSIGNED NOT NULL,
  yen INT UNSIGNED NOT NULL,
  finished_at DATETIME(6) NULL,
  open TINYINT GENERATED ALWAYS AS (IF(result IN ('pending', 'running'), 1, NULL)) VIRTUAL,
  PRIMARY KEY (id),
  KEY request_item_request (request_id, id),
  KEY request_item_line (line_id, open, effective_at, id),
  KEY request_item_due (open, due_at, id),
  CONSTRAINT request_item_of FOREIGN KEY (request_id) REFERENCES request (id),
  CONSTRAINT request_item_line_of FOREIGN KEY (line_id) REFERENCES line (id),
  CONSTRAINT request_item_result CHECK (result IN ('pending', 'running', 'done', 'failed', 'cancelled', 'left'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What happened to a request as a whole.
CREATE TABLE request_event (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  request_id BIGINT UNSIGNED NOT NULL,
  at DATETIME(6) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  detail VARCHAR(1000) NOT NULL DEFAULT '',
  actor_kind VARCHAR(8) NOT NULL,
  actor_id BIGINT UNSIGNED NULL,
  actor_name VARCHAR(100) NOT NULL,
  PRIMARY KEY (id),
  KEY request_event_request (request_id, id),
  CONSTRAINT request_event_of FOREIGN KEY (request_id) REFERENCES request (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The last number drawn, by customer, letters of the kind and year of receipt.
CREATE TABLE request_counter (
  customer_id BIGINT UNSIGNED NOT NULL,
  letters CHAR(2) NOT NULL,
  year SMALLINT UNSIGNED NOT NULL,
  last INT UNSIGNED NOT NULL,
  PRIMARY KEY (customer_id, letters, year),
  CONSTRAINT request_counter_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How many requests a customer has in each status: kept, not counted.
CREATE TABLE customer_request_count (
  customer_id BIGINT UNSIGNED NOT NULL,
  pending INT UNSIGNED NOT NULL DEFAULT 0,
  processing INT UNSIGNED NOT NULL DEFAULT 0,
  completed INT UNSIGNED NOT NULL DEFAULT 0,
  failed INT UNSIGNED NOT NULL DEFAULT 0,
  cancelled INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id),
  CONSTRAINT customer_request_count_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
