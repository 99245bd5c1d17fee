-- Customers, the accounts that see them, sessions and what slows down guessing.

CREATE TABLE customer (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  code VARCHAR(20) NOT NULL,
  name VARCHAR(200) NOT NULL,
  name_search VARCHAR(600) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY customer_code (code)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- How many lines a customer has in each state: kept in the transaction that changes a state, never counted.
CREATE TABLE customer_count (
  customer_id BIGINT UNSIGNED NOT NULL,
  inactive INT UNSIGNED NOT NULL DEFAULT 0,
  active INT UNSIGNED NOT NULL DEFAULT 0,
  suspended INT UNSIGNED NOT NULL DEFAULT 0,
  reissuing INT UNSIGNED NOT NULL DEFAULT 0,
  `terminated` INT UNSIGNED NOT NULL DEFAULT 0,
  failed INT UNSIGNED NOT NULL DEFAULT 0,
  throttled INT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (customer_id),
  CONSTRAINT customer_count_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE project (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(200) NOT NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY project_name (customer_id, name),
  CONSTRAINT project_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE account (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  login_id VARCHAR(64) NOT NULL,
  login_key VARCHAR(200) NOT NULL,
  name VARCHAR(100) NOT NULL,
  email VARCHAR(254) NULL,
  language CHAR(2) NOT NULL,
  home_customer_id BIGINT UNSIGNED NOT NULL,
  customers INT UNSIGNED NOT NULL,
  password_hash VARCHAR(255) NOT NULL,
  password_own TINYINT NOT NULL,
  password_set_at DATETIME(6) NOT NULL,
  disabled_at DATETIME(6) NULL,
  last_login_at DATETIME(6) NULL,
  last_login_address VARCHAR(45) NULL,
  created_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY account_login_key (login_key),
  KEY account_home (home_customer_id),
  CONSTRAINT account_home_customer FOREIGN KEY (home_customer_id) REFERENCES customer (id),
  CONSTRAINT account_language CHECK (language IN ('ja', 'en')),
  CONSTRAINT account_password_own CHECK (password_own IN (0, 1))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Which customers an account sees, and as what. The role stands on the pair.
CREATE TABLE account_customer (
  account_id BIGINT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  role VARCHAR(16) NOT NULL,
  PRIMARY KEY (account_id, customer_id),
  KEY account_customer_customer (customer_id, role),
  CONSTRAINT account_customer_account FOREIGN KEY (account_id) REFERENCES account (id),
  CONSTRAINT account_customer_of FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT account_customer_role CHECK (role IN ('administrator', 'member', 'viewer', 'auditor'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The passwords an account has had, so that none of the last five comes back.
CREATE TABLE account_password (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  account_id BIGINT UNSIGNED NOT NULL,
  password_hash VARCHAR(255) NOT NULL,
  set_at DATETIME(6) NOT NULL,
  PRIMARY KEY (id),
  KEY account_password_account (account_id, id),
  CONSTRAINT account_password_of FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Addresses from which an account has logged in: strangers' failures do not slow these down.
CREATE TABLE account_address (
  account_id BIGINT UNSIGNED NOT NULL,
  address VARCHAR(45) NOT NULL,
  last_login_at DATETIME(6) NOT NULL,
  PRIMARY KEY (account_id, address),
  CONSTRAINT account_address_of FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- A session knows the digest of its token alone. customer_id NULL: all customers of the account.
CREATE TABLE session (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  token_digest BINARY(32) NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NULL,
  created_at DATETIME(6) NOT NULL,
  seen_at DATETIME(6) NOT NULL,
  address VARCHAR(45) NOT NULL,
  agent VARCHAR(255) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY session_token (token_digest),
  KEY session_account (account_id),
  KEY session_seen (seen_at),
  CONSTRAINT session_account_of FOREIGN KEY (account_id) REFERENCES account (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Failed logins by address, by name as typed, and by the pair. Keys are digests: what people mistype into the
-- name field is often a password.
CREATE TABLE login_failure (
  kind VARCHAR(8) NOT NULL,
  key_digest BINARY(32) NOT NULL,
  failures INT UNSIGNED NOT NULL,
  last_failed_at DATETIME(6) NOT NULL,
  PRIMARY KEY (kind, key_digest),
  KEY login_failure_last (last_failed_at),
  CONSTRAINT login_failure_kind CHECK (kind IN ('address', 'name', 'pair'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
