-- What the operator sells, and the lines. A line is the contract; a card is what is in the device just now.
-- Everything that changes over time has rows with from and to.

CREATE TABLE service (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  code VARCHAR(32) NOT NULL,
  name_ja VARCHAR(100) NOT NULL,
  name_en VARCHAR(100) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY service_code (code)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE plan (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  code VARCHAR(32) NOT NULL,
  service_id BIGINT UNSIGNED NOT NULL,
  name_ja VARCHAR(100) NOT NULL,
  name_en VARCHAR(100) NOT NULL,
  capacity_bytes BIGINT UNSIGNED NOT NULL,
  shareable TINYINT NOT NULL,
  esim TINYINT NOT NULL,
  valid_from DATE NOT NULL,
  valid_to DATE NULL,
  PRIMARY KEY (id),
  UNIQUE KEY plan_code (code),
  KEY plan_service (service_id),
  CONSTRAINT plan_service_of FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT plan_flags CHECK (shareable IN (0, 1) AND esim IN (0, 1))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Monthly fee of a plan in yen before tax.
CREATE TABLE plan_price (
  plan_id BIGINT UNSIGNED NOT NULL,
  valid_from DATE NOT NULL,
  yen INT UNSIGNED NOT NULL,
  PRIMARY KEY (plan_id, valid_from),
  CONSTRAINT plan_price_plan FOREIGN KEY (plan_id) REFERENCES plan (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE tax_rate (
  valid_from DATE NOT NULL,
  percent DECIMAL(5, 2) NOT NULL,
  PRIMARY KEY (valid_from)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE line_option_kind (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  code VARCHAR(32) NOT NULL,
  name_ja VARCHAR(100) NOT NULL,
  name_en VARCHAR(100) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY line_option_kind_code (code)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Each combination of options that some line has, with its text ready to show. Set 1 is the empty one.
CREATE TABLE option_set (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  codes VARCHAR(400) NOT NULL,
  name_ja VARCHAR(400) NOT NULL,
  name_en VARCHAR(400) NOT NULL,
  PRIMARY KEY (id),
  UNIQUE KEY option_set_codes (codes)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE share_group (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  name VARCHAR(100) NOT NULL,
  name_search VARCHAR(300) NOT NULL,
  line_capacity_bytes BIGINT UNSIGNED NOT NULL,
  created_by BIGINT UNSIGNED NULL,
  created_at DATETIME(6) NOT NULL,
  ended_on DATE NULL,
  live_name VARCHAR(100) GENERATED ALWAYS AS (IF(ended_on IS NULL, name, NULL)) VIRTUAL,
  PRIMARY KEY (id),
  UNIQUE KEY share_group_live_name (customer_id, live_name),
  CONSTRAINT share_group_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT share_group_creator FOREIGN KEY (created_by) REFERENCES account (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- serial, kind and size repeat the present card, so that a list reads one table.
CREATE TABLE line (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  project_id BIGINT UNSIGNED NOT NULL,
  phone VARCHAR(14) NOT NULL,
  serial VARCHAR(20) NOT NULL,
  kind VARCHAR(8) NOT NULL,
  size VARCHAR(8) NOT NULL,
  state VARCHAR(12) NOT NULL,
  throttled TINYINT NOT NULL DEFAULT 0,
  service_id BIGINT UNSIGNED NOT NULL,
  plan_id BIGINT UNSIGNED NOT NULL,
  option_set_id BIGINT UNSIGNED NOT NULL DEFAULT 1,
  share_group_id BIGINT UNSIGNED NULL,
  label VARCHAR(100) NOT NULL DEFAULT '',
  label_search VARCHAR(300) NOT NULL DEFAULT '',
  memo VARCHAR(1000) NOT NULL DEFAULT '',
  version INT UNSIGNED NOT NULL DEFAULT 0,
  activated_on DATE NULL,
  terminated_on DATE NULL,
  created_at DATETIME(6) NOT NULL,
  live_phone VARCHAR(14) GENERATED ALWAYS AS (IF(state = 'terminated', NULL, phone)) VIRTUAL,
  PRIMARY KEY (id),
  UNIQUE KEY line_live_phone (live_phone),
  UNIQUE KEY line_serial (serial),
  KEY line_customer_serial (customer_id, serial),
  KEY line_customer_phone (customer_id, phone),
  KEY line_customer_state (customer_id, state),
  KEY line_share_group (share_group_id),
  CONSTRAINT line_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT line_project FOREIGN KEY (project_id) REFERENCES project (id),
  CONSTRAINT line_service FOREIGN KEY (service_id) REFERENCES service (id),
  CONSTRAINT line_plan_of FOREIGN KEY (plan_id) REFERENCES plan (id),
  CONSTRAINT line_option_set FOREIGN KEY (option_set_id) REFERENCES option_set (id),
  CONSTRAINT line_share_group_of FOREIGN KEY (share_group_id) REFERENCES share_group (id),
  CONSTRAINT line_state CHECK (state IN ('inactive', 'active', 'suspended', 'reissuing', 'terminated', 'failed')),
  CONSTRAINT line_kind CHECK (kind IN ('card', 'esim')),
  CONSTRAINT line_size CHECK (size IN ('standard', 'micro', 'nano', 'none') AND (kind = 'esim') = (size = 'none')),
  CONSTRAINT line_throttled CHECK (throttled IN (0, 1))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The cards a line has and had. activation_code is sealed (base/secret.h). former_of is the customer once the card is an
-- old one: old serial numbers stay searchable, and they are few.
CREATE TABLE card (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  line_id BIGINT UNSIGNED NOT NULL,
  serial VARCHAR(20) NOT NULL,
  iccid VARCHAR(20) NULL,
  kind VARCHAR(8) NOT NULL,
  size VARCHAR(8) NOT NULL,
  activation_code VARBINARY(600) NULL,
  former_of BIGINT UNSIGNED NULL,
  from_at DATETIME(6) NOT NULL,
  to_at DATETIME(6) NULL,
  PRIMARY KEY (id),
  UNIQUE KEY card_serial (serial),
  UNIQUE KEY card_iccid (iccid),
  KEY card_line (line_id),
  KEY card_former (former_of, serial),
  CONSTRAINT card_line_of FOREIGN KEY (line_id) REFERENCES line (id),
  CONSTRAINT card_kind CHECK (kind IN ('card', 'esim')),
  CONSTRAINT card_size CHECK (size IN ('standard', 'micro', 'nano', 'none'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE line_plan (
  line_id BIGINT UNSIGNED NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE NULL,
  plan_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (line_id, from_on),
  CONSTRAINT line_plan_line FOREIGN KEY (line_id) REFERENCES line (id),
  CONSTRAINT line_plan_plan FOREIGN KEY (plan_id) REFERENCES plan (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE line_project (
  line_id BIGINT UNSIGNED NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE NULL,
  project_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (line_id, from_on),
  CONSTRAINT line_project_line FOREIGN KEY (line_id) REFERENCES line (id),
  CONSTRAINT line_project_project FOREIGN KEY (project_id) REFERENCES project (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

CREATE TABLE line_option (
  line_id BIGINT UNSIGNED NOT NULL,
  option_kind_id BIGINT UNSIGNED NOT NULL,
  from_on DATE NOT NULL,
  to_on DATE NULL,
  PRIMARY KEY (line_id, option_kind_id, from_on),
  CONSTRAINT line_option_line FOREIGN KEY (line_id) REFERENCES line (id),
  CONSTRAINT line_option_kind_of FOREIGN KEY (option_kind_id) REFERENCES line_option_kind (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Membership by month: 202602 for February 2026. to_month is the last month of it.
CREATE TABLE share_member (
  line_id BIGINT UNSIGNED NOT NULL,
  from_month INT UNSIGNED NOT NULL,
  to_month INT UNSIGNED NULL,
  share_group_id BIGINT UNSIGNED NOT NULL,
  PRIMARY KEY (line_id, from_month),
  KEY share_member_group (share_group_id, from_month),
  CONSTRAINT share_member_line FOREIGN KEY (line_id) REFERENCES line (id),
  CONSTRAINT share_member_group_of FOREIGN KEY (share_group_id) REFERENCES share_group (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Figures of one line in one month. Rows of the next month are made before it begins.
CREATE TABLE line_month (
  month INT UNSIGNED NOT NULL,
  line_id BIGINT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  capacity_bytes BIGINT UNSIGNED NOT NULL,
  used_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,
  remaining_bytes BIGINT UNSIGNED NOT NULL,
  as_of DATETIME(6) NULL,
  PRIMARY KEY (month, line_id),
  KEY line_month_used (customer_id, month, used_bytes, line_id),
  KEY line_month_remaining (customer_id, month, remaining_bytes, line_id),
  KEY line_month_line (line_id),
  CONSTRAINT line_month_line_of FOREIGN KEY (line_id) REFERENCES line (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- The same summed up for a customer: kept, not counted.
CREATE TABLE customer_month (
  customer_id BIGINT UNSIGNED NOT NULL,
  month INT UNSIGNED NOT NULL,
  capacity_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,
  used_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,
  as_of DATETIME(6) NULL,
  PRIMARY KEY (customer_id, month),
  CONSTRAINT customer_month_customer FOREIGN KEY (customer_id) REFERENCES customer (id)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- Capacity bought on top, for a line or for a group as a whole.
CREATE TABLE recharge (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  customer_id BIGINT UNSIGNED NOT NULL,
  line_id BIGINT UNSIGNED NULL,
  share_group_id BIGINT UNSIGNED NULL,
  bytes BIGINT UNSIGNED NOT NULL,
  consumed_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,
  overuse_bytes BIGINT UNSIGNED NOT NULL DEFAULT 0,
  effective_at DATETIME(6) NOT NULL,
  valid_until DATE NOT NULL,
  PRIMARY KEY (id),
  KEY recharge_line (line_id, valid_until),
  KEY recharge_group (share_group_id, valid_until),
  CONSTRAINT recharge_customer FOREIGN KEY (customer_id) REFERENCES customer (id),
  CONSTRAINT recharge_line_of FOREIGN KEY (line_id) REFERENCES line (id),
  CONSTRAINT recharge_group_of FOREIGN KEY (share_group_id) REFERENCES share_group (id),
  CONSTRAINT recharge_one_owner CHECK ((line_id IS NULL) <> (share_group_id IS NULL))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

-- What happened to a line. from_text and to_text hold code words of the kind (a state, a plan's code).
CREATE TABLE line_event (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT,
  line_id BIGINT UNSIGNED NOT NULL,
  customer_id BIGINT UNSIGNED NOT NULL,
  at DATETIME(6) NOT NULL,
  kind VARCHAR(16) NOT NULL,
  from_text VARCHAR(1000) NULL,
  to_text VARCHAR(1000) NULL,
  actor_kind VARCHAR(8) NOT NULL,
  actor_id BIGINT UNSIGNED NULL,
  actor_name VARCHAR(100) NOT NULL,
  item_id BIGINT UNSIGNED NULL,
  PRIMARY KEY (id),
  KEY line_event_line (line_id, id),
  CONSTRAINT line_event_line_of FOREIGN KEY (line_id) REFERENCES line (id),
  CONSTRAINT line_event_kind CHECK (kind IN ('created', 'state', 'plan', 'project', 'card', 'option', 'label', 'memo', 'group')),
  CONSTRAINT line_event_actor CHECK (actor_kind IN ('account', 'token', 'operator', 'worker'))
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO option_set (id, codes, name_ja, name_en) VALUES (1, '', 'オプションなし', 'No options');
INSERT INTO line_option_kind (code, name_ja, name_en) VALUES
  ('data-share', 'データシェア', 'Data share'),
  ('recharge', 'リチャージ', 'Recharge');
INSERT INTO tax_rate (valid_from, percent) VALUES ('2014-04-01', 8), ('2019-10-01', 10);
