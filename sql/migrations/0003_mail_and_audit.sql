-- Mails wait here until sendmail has taken them; audit rows until the worker has sealed them into a chain.

-- body is sealed (base/secret.h) and erased once sent.
CREATE TABLE mail (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  recipient VARCHAR(254) NOT NULL,
  subject VARCHAR(400) NOT NULL,
  body MEDIUMBLOB NULL,
  created_at DATETIME(6) NOT NULL,
  due_at DATETIME(6) NOT NULL,
  attempts INT UNSIGNED NOT NULL DEFAULT 0,
  leased_until DATETIME(6) NULL,
  sent_at DATETIME(6) NULL,
  last_error VARCHAR(400) NULL,
  waiting TINYINT GENERATED ALWAYS AS (IF(sent_at IS NULL, 1, NULL)) VIRTUAL,
  PRIMARY KEY (id),
  KEY mail_waiting (waiting, due_at, id),
  KEY mail_sent (sent_at)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- customer_id 0: no customer's, as a login with an unknown name. position and mac come with the seal.
CREATE TABLE audit (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  at DATETIME(6) NOT NULL,
  actor_kind VARCHAR(8) NOT NULL,
  actor_id BIGINT UNSIGNED NULL,
  actor_name VARCHAR(100) NOT NULL,
  address VARCHAR(45) NOT NULL,
  request_id VARCHAR(64) NOT NULL,
  action VARCHAR(40) NOT NULL,
  object VARCHAR(100) NOT NULL,
  detail VARCHAR(2000) NOT NULL,
  sealed BIGINT UNSIGNED NULL,
  mac BINARY(32) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY audit_sealed (customer_id, sealed),
  KEY audit_unsealed (sealed, id),
  KEY audit_at (customer_id, at),
  CONSTRAINT audit_actor CHECK (actor_kind IN ('account', 'token', 'operator', 'worker', 'nobody'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The newest sealed row of each customer's chain.
CREATE TABLE audit_head (
  customer_id BIGINT UNSIGNED NOT NULL,
  sealed BIGINT UNSIGNED NOT NULL,
  mac BINARY(32) NOT NULL,
  PRIMARY KEY (customer_id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
