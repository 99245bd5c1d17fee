-- api_token.sql: the tokens of programs: whose one is, issuing and ending them.

-- The columns are those of session_resolve.
-- name: api_token_resolve  rows: one  role: gate  scope: session
SELECT t.id, t.account_id, t.customer_id, t.created_at, t.last_used_at,
       a.login_id, a.name, a.email, a.language, a.home_customer_id, a.customers,
       a.password_own, a.password_set_at, a.disabled_at, ac.role, c.code, c.name,
       n.inactive, n.active, n.suspended, n.reissuing, n.`terminated`, n.failed, n.throttled,
       n.share_groups, e.edition, q.pending, q.processing, q.completed, q.failed, q.cancelled, NULL
  FROM account_token t
  JOIN account a ON a.id = t.account_id
  JOIN customer c ON c.id = t.customer_id
  LEFT JOIN account_customer ac ON ac.account_id = t.account_id AND ac.customer_id = t.customer_id
  LEFT JOIN customer_count n ON n.customer_id = t.customer_id
  LEFT JOIN customer_request_count q ON q.customer_id = t.customer_id
  LEFT JOIN catalogue_edition e ON e.one = 1
 WHERE t.token_digest = ? AND t.ended_at IS NULL AND t.expires_at > ?

-- name: api_token_touch  rows: none  role: gate  scope: session
UPDATE account_token SET last_used_at = ? WHERE id = ? AND (last_used_at IS NULL OR last_used_at < ?)

-- name: api_token_add  rows: none  role: write  scope: operator
INSERT INTO account_token (account_id, customer_id, name, prefix, token_digest, created_at, expires_at)
VALUES (?, ?, ?, ?, ?, ?, ?)

-- What the account is at the customer of that code; none: it does not see it.
-- name: api_token_customer  rows: one  role: read  scope: operator
SELECT c.id, c.code
  FROM account_customer ac
  JOIN customer c ON c.id = ac.customer_id
 WHERE ac.account_id = ? AND c.code = ?

-- name: api_token_list  rows: many  role: read  scope: operator
SELECT t.id, a.login_id, c.code, t.name, t.prefix, t.created_at, t.expires_at, t.last_used_at, t.ended_at
  FROM account_token t
  JOIN account a ON a.id = t.account_id
  JOIN customer c ON c.id = t.customer_id
 WHERE (? IS NULL OR a.login_key = ?)
 ORDER BY t.id

-- name: api_token_lock  rows: one  role: write  scope: operator
SELECT t.id, t.customer_id, a.login_id, t.ended_at
  FROM account_token t
  JOIN account a ON a.id = t.account_id
 WHERE t.prefix = ?
   FOR UPDATE

-- name: api_token_end  rows: none  role: write  scope: operator
UPDATE account_token SET ended_at = ? WHERE id = ? AND ended_at IS NULL

-- name: api_token_end_of  rows: none  role: write  scope: operator
UPDATE account_token SET ended_at = ? WHERE account_id = ? AND ended_at IS NULL

-- One's own, all of them: the password was changed.
-- name: api_token_end_own  rows: none  role: write  scope: account
UPDATE account_token SET ended_at = ? WHERE account_id = ? AND ended_at IS NULL
