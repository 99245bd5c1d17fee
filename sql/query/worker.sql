-- worker.sql: what the worker does by the clock: throws away what has ended, opens months.

-- name: session_form_purge  rows: none  role: write  scope: worker
DELETE FROM session_form WHERE kept_at <= ? ORDER BY kept_at LIMIT 1000

-- A session lives as long as its form.
-- name: session_purge_idle  rows: none  role: write  scope: worker
DELETE FROM session
 WHERE seen_at < ?
   AND NOT EXISTS (SELECT 1 FROM session_form f WHERE f.session_id = session.id)
 ORDER BY seen_at
 LIMIT 1000

-- Few rows are live at a time, so a walk by id is cheap; an index would have to follow every login.
-- name: session_purge_old  rows: none  role: write  scope: worker
DELETE FROM session
 WHERE created_at < ?
   AND NOT EXISTS (SELECT 1 FROM session_form f WHERE f.session_id = session.id)
 ORDER BY id
 LIMIT 1000

-- name: login_failure_purge  rows: none  role: write  scope: worker
DELETE FROM login_failure WHERE last_failed_at < ? ORDER BY last_failed_at LIMIT 1000

-- name: session_is_seen  rows: one  role: read  scope: worker
SELECT EXISTS (SELECT 1 FROM session WHERE seen_at >= ?)

-- Who has not been told of this step: changed from, before; the step.
-- name: password_notice_list  rows: many  role: read  scope: worker
SELECT a.id
  FROM account a FORCE INDEX (account_password_set)
 WHERE a.password_set_at >= ? AND a.password_set_at < ? AND a.password_own = 1 AND a.disabled_at IS NULL
   AND a.email IS NOT NULL
   AND (a.password_noticed_for IS NULL OR a.password_noticed_for <> a.password_set_at OR a.password_noticed_days > ?)
 ORDER BY a.password_set_at
 LIMIT ?

-- The last: how many days were left when it was told of this password.
-- name: password_notice_lock  rows: one  role: write  scope: worker
SELECT a.login_id, a.name, a.email, a.language, a.password_set_at,
       IF(a.password_noticed_for = a.password_set_at, a.password_noticed_days, NULL)
  FROM account a
 WHERE a.id = ? AND a.password_own = 1 AND a.disabled_at IS NULL AND a.email IS NOT NULL
   FOR UPDATE

-- name: password_notice_set  rows: none  role: write  scope: worker
UPDATE account SET password_noticed_for = password_set_at, password_noticed_days = ? WHERE id = ?

-- What was sent, and tokens that are over, are kept for a while: somebody may ask.
-- name: mail_purge  rows: none  role: write  scope: worker
DELETE FROM mail WHERE sent_at < ? ORDER BY sent_at LIMIT 1000

-- name: api_token_purge_expired  rows: none  role: write  scope: worker
DELETE FROM account_token WHERE expires_at < ? ORDER BY expires_at LIMIT 1000

-- name: api_token_purge_ended  rows: none  role: write  scope: worker
DELETE FROM account_token WHERE ended_at < ? ORDER BY ended_at LIMIT 1000

-- Every line has a row in every month, the terminated ones with nothing: lists in the order of a month's figures show
-- them all.

-- The next lines by id, and whether the month has a row of theirs.
-- name: month_list_lines  rows: many  role: read  scope: worker
SELECT k.id, m.line_id IS NULL
  FROM (SELECT id FROM line WHERE id > ? ORDER BY id LIMIT ?) k
  LEFT JOIN line_month m ON m.month = ? AND m.line_id = k.id
 ORDER BY k.id

-- Of the lines [1, 2, ...], lock those that still have none.
-- name: month_lock_lines  rows: many  role: write  scope: worker
SELECT line.id
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
       STRAIGHT_JOIN line ON line.id = s.id
       LEFT JOIN line_month m ON m.month = ? AND m.line_id = line.id
 WHERE m.line_id IS NULL
   FOR UPDATE

-- Parameters: month, until when a recharge must have taken effect, the month's first day, the lines.
-- name: month_open_lines  rows: none  role: write  scope: worker
INSERT INTO line_month (month, line_id, customer_id, capacity_bytes, remaining_bytes)
SELECT ?, line.id, line.customer_id, IF(line.state = 'terminated', 0, plan.capacity_bytes),
       IF(line.state = 'terminated', 0, plan.capacity_bytes +
       COALESCE((SELECT SUM(r.bytes - LEAST(r.consumed_bytes, r.bytes))
                   FROM recharge r
                  WHERE r.line_id = line.id AND r.effective_at <= ? AND r.valid_until >= ?), 0))
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
       STRAIGHT_JOIN line ON line.id = s.id
       STRAIGHT_JOIN plan ON plan.id = line.plan_id

-- Parameters: the lines just opened, the month.
-- name: month_add_capacity  rows: none  role: write  scope: worker
INSERT INTO customer_month (customer_id, month, capacity_bytes)
SELECT k.customer_id, k.month, k.capacity
  FROM (SELECT m.customer_id, m.month, SUM(m.capacity_bytes) AS capacity
          FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
               STRAIGHT_JOIN line_month m ON m.month = ? AND m.line_id = s.id
         GROUP BY m.customer_id, m.month
         ORDER BY m.customer_id) k
 ORDER BY k.customer_id
    ON DUPLICATE KEY UPDATE capacity_bytes = customer_month.capacity_bytes + k.capacity
