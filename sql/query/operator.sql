-- operator.sql: what the operator's command line alone may do: migrations, accounts of any customer, waiting mails.

-- name: migration_table_count  rows: one  role: read  scope: operator
SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE() AND table_name = 'schema_migration'

-- name: migration_lock  rows: one  role: write  scope: operator
SELECT GET_LOCK('simportal-migrate', ?)

-- name: migration_unlock  rows: one  role: write  scope: operator
SELECT RELEASE_LOCK('simportal-migrate')

-- name: migration_list  rows: many  role: read  scope: operator
SELECT number, name, digest, applied_at FROM schema_migration ORDER BY number

-- name: migration_begin  rows: none  role: write  scope: operator
INSERT INTO schema_migration (number, name, digest, begun_at) VALUES (?, ?, ?, ?)

-- name: migration_end  rows: none  role: write  scope: operator
UPDATE schema_migration SET applied_at = ? WHERE number = ?

-- How far the search keys of a table are folded in the present form.
-- name: search_key_forms  rows: many  role: read  scope: operator
SELECT keyed_table, form, after_id FROM search_key_form ORDER BY keyed_table

-- name: search_key_form_lock  rows: one  role: write  scope: operator
SELECT form, after_id FROM search_key_form WHERE keyed_table = ? FOR UPDATE

-- name: search_key_form_move  rows: none  role: write  scope: operator
UPDATE search_key_form SET form = ?, after_id = ? WHERE keyed_table = ?

-- name: refold_account_list  rows: many  role: write  scope: operator
SELECT id, login_id, login_key FROM account WHERE id > ? ORDER BY id LIMIT ? FOR UPDATE

-- A key that another account has stays as it is.
-- name: refold_account_set  rows: none  role: write  scope: operator
UPDATE account a
       LEFT JOIN account b ON b.login_key = ? AND b.id <> a.id
   SET a.login_key = ?
 WHERE a.id = ? AND b.id IS NULL

-- name: refold_customer_list  rows: many  role: write  scope: operator
SELECT id, name, name_search FROM customer WHERE id > ? ORDER BY id LIMIT ? FOR UPDATE

-- name: refold_customer_set  rows: none  role: write  scope: operator
UPDATE customer SET name_search = LEFT(?, 600) WHERE id = ?

-- name: refold_line_list  rows: many  role: write  scope: operator
SELECT id, label, label_search FROM line WHERE id > ? ORDER BY id LIMIT ? FOR UPDATE

-- name: refold_line_set  rows: none  role: write  scope: operator
UPDATE line SET label_search = LEFT(?, 300) WHERE id = ?

-- name: refold_share_group_list  rows: many  role: write  scope: operator
SELECT id, name, name_search FROM share_group WHERE id > ? ORDER BY id LIMIT ? FOR UPDATE

-- name: refold_share_group_set  rows: none  role: write  scope: operator
UPDATE share_group SET name_search = LEFT(?, 300) WHERE id = ?

-- name: account_add  rows: none  role: write  scope: operator
INSERT INTO account (login_id, login_key, name, email, language, home_customer_id, customers, password_hash,
                     password_own, password_set_at, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: account_customer_add  rows: none  role: write  scope: operator
INSERT INTO account_customer (account_id, customer_id, role) VALUES (?, ?, ?)

-- name: account_customer_add_all  rows: none  role: write  scope: operator
INSERT INTO account_customer (account_id, customer_id, role)
SELECT a.id, c.id, ? FROM account a CROSS JOIN customer c WHERE a.id = ?

-- name: account_customers_set  rows: none  role: write  scope: operator
UPDATE account SET customers = (SELECT COUNT(*) FROM account_customer WHERE account_id = ?) WHERE id = ?

-- name: account_email_of  rows: one  role: read  scope: operator
SELECT email FROM account WHERE id = ?

-- name: account_by_login_key  rows: one  role: read  scope: operator
SELECT a.id, a.login_id, a.name, a.email, a.language, a.home_customer_id, c.code, a.customers, x.role, a.password_own,
       a.password_set_at, a.disabled_at, a.last_login_at
  FROM account a
  JOIN customer c ON c.id = a.home_customer_id
  JOIN account_customer x ON x.account_id = a.id AND x.customer_id = a.home_customer_id
 WHERE a.login_key = ?

-- name: account_list_all  rows: many  role: read  scope: operator
SELECT a.id, a.login_id, a.name, a.email, a.language, a.home_customer_id, c.code, a.customers, x.role, a.password_own,
       a.password_set_at, a.disabled_at, a.last_login_at
  FROM account a
  JOIN customer c ON c.id = a.home_customer_id
  JOIN account_customer x ON x.account_id = a.id AND x.customer_id = a.home_customer_id
 WHERE (? IS NULL OR c.code = ?)
 ORDER BY c.code, a.login_key

-- name: account_disable  rows: none  role: write  scope: operator
UPDATE account SET disabled_at = ? WHERE id = ? AND disabled_at IS NULL

-- name: account_enable  rows: none  role: write  scope: operator
UPDATE account SET disabled_at = NULL WHERE id = ? AND disabled_at IS NOT NULL

-- name: account_sessions_end  rows: none  role: write  scope: operator
DELETE FROM session WHERE account_id = ?

-- name: account_unlock  rows: none  role: write  scope: operator
DELETE FROM login_failure WHERE kind = 'name' AND key_digest = ?

-- name: mail_waiting_list  rows: many  role: read  scope: operator
SELECT id, recipient, subject, created_at, due_at, attempts, last_error
  FROM mail FORCE INDEX (mail_waiting)
 WHERE waiting = 1
 ORDER BY due_at, id
 LIMIT ?

-- What waits, and since when the oldest does.
-- name: status_mail  rows: one  role: read  scope: operator
SELECT COUNT(*), MIN(created_at) FROM mail FORCE INDEX (mail_waiting) WHERE waiting = 1

-- name: status_audit  rows: one  role: read  scope: operator
SELECT COUNT(*), MIN(at) FROM audit FORCE INDEX (audit_unsealed) WHERE sealed IS NULL
