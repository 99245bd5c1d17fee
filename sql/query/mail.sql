-- mail.sql: mails that wait. Which are due is asked by the portal's clock (a parameter); leases are between
-- workers and run on the database's clock.

-- name: mail_add  rows: none  role: write  scope: journal
INSERT INTO mail (send_rank, recipient, subject, body, created_at, due_at) VALUES (?, ?, ?, ?, ?, ?)

-- name: mail_lease_end  rows: one  role: read  scope: worker
-- lease
SELECT UTC_TIMESTAMP(6) + INTERVAL ? SECOND

-- name: mail_list_due  rows: many  role: write  scope: worker
-- lease
SELECT id, recipient, subject, body, created_at, attempts
  FROM mail FORCE INDEX (mail_waiting)
 WHERE waiting = 1 AND send_rank = ? AND due_at <= ? AND (leased_until IS NULL OR leased_until <= UTC_TIMESTAMP(6))
 ORDER BY due_at, id
 LIMIT ?
   FOR UPDATE SKIP LOCKED

-- name: mail_set_lease  rows: none  role: write  scope: worker
UPDATE mail SET leased_until = ? WHERE id = ?

-- name: mail_renew_lease  rows: none  role: write  scope: worker
UPDATE mail SET leased_until = ? WHERE id = ? AND sent_at IS NULL AND leased_until = ?

-- name: mail_release  rows: none  role: write  scope: worker
UPDATE mail SET leased_until = NULL WHERE id = ? AND sent_at IS NULL AND leased_until = ?

-- name: mail_set_sent  rows: none  role: write  scope: worker
UPDATE mail SET sent_at = ?, body = NULL, leased_until = NULL WHERE id = ? AND sent_at IS NULL

-- name: mail_set_failed  rows: none  role: write  scope: worker
UPDATE mail
   SET attempts = attempts + 1, due_at = ?, last_error = ?, leased_until = NULL
 WHERE id = ? AND sent_at IS NULL AND leased_until = ?
