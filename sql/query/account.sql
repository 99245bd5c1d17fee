-- account.sql: logging in, sessions, passwords. What the operator does with accounts is in operator.sql.

-- The customer of the page is the one that the address names (the first parameter says that it does; NULL: all), else the
-- session's. What api_token_resolve does not have comes last: of all together, a role that may do more than look at one of
-- them; whether a form is kept for the session; former_csrf.
-- name: session_resolve  rows: one  role: gate  scope: session
SELECT s.id, s.account_id, s.customer_id, s.created_at, s.seen_at,
       a.login_id, a.name, a.email, a.language, a.home_customer_id, a.customers,
       a.password_own, a.password_set_at, a.disabled_at, ac.role, c.code, c.name,
       n.inactive, n.active, n.suspended, n.reissuing, n.`terminated`, n.failed, n.throttled,
       n.share_groups, e.edition, q.pending, q.processing, q.completed, q.failed, q.cancelled,
       CASE WHEN s.customer_id IS NULL
            THEN (SELECT x.role FROM account_customer x
                   WHERE x.account_id = s.account_id AND x.role IN ('administrator', 'member') LIMIT 1) END,
       f.session_id, s.former_csrf
  FROM (SELECT id, account_id, created_at, seen_at, former_csrf, CASE WHEN ? THEN ? ELSE customer_id END AS customer_id
          FROM session
         WHERE token_digest = ?) s
  JOIN account a ON a.id = s.account_id
  LEFT JOIN account_customer ac
    ON ac.account_id = s.account_id AND ac.customer_id = COALESCE(s.customer_id, a.home_customer_id)
  LEFT JOIN customer c ON c.id = s.customer_id
  LEFT JOIN customer_count n ON n.customer_id = s.customer_id
  LEFT JOIN customer_request_count q ON q.customer_id = s.customer_id
  LEFT JOIN catalogue_edition e ON e.one = 1
  LEFT JOIN session_form f ON f.session_id = s.id

-- name: session_touch  rows: none  role: gate  scope: session
UPDATE session SET seen_at = ? WHERE id = ? AND seen_at < ?

-- name: session_form_keep  rows: none  role: gate  scope: session
INSERT INTO session_form (session_id, account_id, path, sealed, kept_at)
VALUES (?, ?, ?, ?, ?)
ON DUPLICATE KEY UPDATE path = VALUES(path), sealed = VALUES(sealed), kept_at = VALUES(kept_at)

-- name: session_form_get  rows: one  role: gate  scope: session
SELECT path, sealed FROM session_form WHERE session_id = ? AND account_id = ? AND kept_at > ?

-- name: session_form_drop  rows: none  role: gate  scope: session
DELETE FROM session_form WHERE session_id = ? AND path = ?

-- An ended session whose person logs out all the same.
-- name: session_drop  rows: none  role: gate  scope: session
DELETE FROM session WHERE id = ? AND account_id = ?

-- name: session_form_move  rows: none  role: write  scope: account
UPDATE session_form
   SET session_id = (SELECT id FROM session WHERE token_digest = ?)
 WHERE session_id = ? AND account_id = ?

-- name: session_forms_drop  rows: none  role: write  scope: account
DELETE FROM session_form WHERE account_id = ?

-- name: session_add  rows: none  role: write  scope: journal
INSERT INTO session (token_digest, account_id, customer_id, created_at, seen_at, address, agent, former_csrf)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)

-- name: session_end  rows: none  role: write  scope: account
DELETE FROM session WHERE id = ? AND account_id = ?

-- name: session_end_others  rows: none  role: write  scope: account
DELETE FROM session WHERE account_id = ? AND id <> ?

-- name: session_retoken  rows: none  role: write  scope: account
UPDATE session SET token_digest = ?, seen_at = ?, former_csrf = NULL WHERE id = ? AND account_id = ?

-- The customer must be one of the account's; NULL stands for all of them.
-- name: session_set_customer  rows: none  role: write  scope: account
UPDATE session
   SET customer_id = ?
 WHERE id = ? AND account_id = ?
   AND (? IS NULL OR EXISTS (SELECT 1 FROM account_customer ac
                              WHERE ac.account_id = session.account_id AND ac.customer_id = ?))

-- name: account_set_language  rows: none  role: write  scope: account
UPDATE account a SET a.language = ? WHERE a.id = ?

-- name: account_customers  rows: many  role: read  scope: account
SELECT c.id, c.code, c.name
  FROM account_customer ac
  JOIN customer c ON c.id = ac.customer_id
 WHERE ac.account_id = ?
   AND (? IS NULL OR c.name_search LIKE ? OR c.code LIKE ?)
 ORDER BY c.code
 LIMIT ? OFFSET ?

-- name: account_customers_count  rows: one  role: read  scope: account
SELECT COUNT(*)
  FROM account_customer ac
  JOIN customer c ON c.id = ac.customer_id
 WHERE ac.account_id = ?
   AND (? IS NULL OR c.name_search LIKE ? OR c.code LIKE ?)

-- name: login_find  rows: one  role: read  scope: login
SELECT id, login_id, name, email, language, home_customer_id, customers, password_hash, password_own,
       password_set_at, disabled_at
  FROM account
 WHERE login_key = ?

-- name: login_address_is_known  rows: one  role: read  scope: login
SELECT 1 FROM account_address WHERE account_id = ? AND address = ?

-- Makes sure that the three counters of an attempt stand there, and locks them till the end of the transaction.
-- name: login_counters_lock  rows: none  role: write  scope: login
INSERT INTO login_failure (kind, key_digest, failures, last_failed_at)
VALUES ('address', ?, 0, ?), ('name', ?, 0, ?), ('pair', ?, 0, ?)
ON DUPLICATE KEY UPDATE failures = failures

-- name: login_counters_get  rows: many  role: read  scope: login
SELECT kind, failures, last_failed_at
  FROM login_failure
 WHERE (kind = 'address' AND key_digest = ?)
    OR (kind = 'name' AND key_digest = ?)
    OR (kind = 'pair' AND key_digest = ?)

-- name: login_counter_set  rows: none  role: write  scope: login
UPDATE login_failure SET failures = ?, last_failed_at = ? WHERE kind = ? AND key_digest = ?

-- What an attempt had counted ahead is taken back when it succeeds.
-- name: login_counter_undo  rows: none  role: write  scope: login
UPDATE login_failure SET failures = failures - 1 WHERE kind = ? AND key_digest = ? AND failures > 0

-- name: login_counter_clear  rows: none  role: write  scope: login
DELETE FROM login_failure WHERE kind = ? AND key_digest = ?

-- name: login_done  rows: none  role: write  scope: account
UPDATE account a
   SET a.last_login_at = ?, a.last_login_address = ?, a.password_hash = ?
 WHERE a.id = ? AND a.password_hash = ? AND a.disabled_at IS NULL

-- name: login_address_keep  rows: none  role: write  scope: login
INSERT INTO account_address (account_id, address, last_login_at)
VALUES (?, ?, ?)
ON DUPLICATE KEY UPDATE last_login_at = VALUES(last_login_at)

-- Who hears of a login when the account has no address of its own.
-- name: login_administrators  rows: many  role: read  scope: login
SELECT a.email
  FROM account_customer ac
  JOIN account a ON a.id = ac.account_id
 WHERE ac.customer_id = ? AND ac.role = 'administrator' AND a.home_customer_id = ac.customer_id
   AND a.email IS NOT NULL AND a.disabled_at IS NULL
 ORDER BY a.id
 LIMIT 20

-- name: password_get  rows: one  role: read  scope: account
SELECT a.login_id, a.password_hash, a.password_own, a.home_customer_id FROM account a WHERE a.id = ?

-- name: password_earlier  rows: many  role: read  scope: account
SELECT password_hash FROM account_password WHERE account_id = ? ORDER BY id DESC LIMIT ?

-- name: password_set  rows: none  role: write  scope: account
UPDATE account a
   SET a.password_hash = ?, a.password_own = 1, a.password_set_at = ?
 WHERE a.id = ? AND a.password_hash = ?

-- name: password_keep  rows: none  role: write  scope: journal
INSERT INTO account_password (account_id, password_hash, set_at) VALUES (?, ?, ?)

-- All but the newest are forgotten.
-- name: password_forget  rows: none  role: write  scope: account
DELETE FROM account_password
 WHERE account_id = ?
   AND id < (SELECT id FROM (SELECT p.id FROM account_password p WHERE p.account_id = ?
                              ORDER BY p.id DESC LIMIT 1 OFFSET ?) oldest)
