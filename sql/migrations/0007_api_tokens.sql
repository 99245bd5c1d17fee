-- Tokens by which programs use the API, and what was sent for a draft that such a program made.

-- The digest of a token alone; the prefix is what people tell tokens apart by. A token speaks for its account at one
-- customer, with the role the account has there. ended_at: revoked, or ended with the account or its password.
CREATE TABLE account_token (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account_id BIGINT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  prefix VARCHAR(20) NOT NULL,
  token_digest BINARY(32) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  expires_at DATETIME(6) NOT NULL,
  last_used_at DATETIME(6) NULL,
  ended_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY account_token_digest (token_digest),
  UNIQUE KEY account_token_prefix (prefix),
  KEY account_token_account (account_id),
  KEY account_token_expires (expires_at),
  KEY account_token_ended (ended_at),
  CONSTRAINT account_token_of FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT account_token_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The same key with another body is a mistake of whoever sends it.
ALTER TABLE draft ADD COLUMN body_digest BINARY(32) NULL AFTER idempotency_key;

-- Which password the account has been told of that it is about to expire, and at how many days left: each notice once.
ALTER TABLE account
  ADD COLUMN password_noticed_for DATETIME(6) NULL AFTER password_set_at,
  ADD COLUMN password_noticed_days TINYINT UNSIGNED NULL AFTER password_noticed_for,
  ADD KEY account_password_set (password_set_at);
