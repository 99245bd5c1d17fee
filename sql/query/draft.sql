-- draft.sql: requests while they are written: their fields, their lines, what the last look said of each.

-- name: draft_add  rows: none  role: write  scope: journal
INSERT INTO draft (customer_id, account_id, kind, of_request, idempotency_key, body_digest, fields, created_at, touched_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)

-- Of the drafts that nobody has sent, those beyond the latest: ten at most, so that one request is not long about it.
-- What programs made has a key, and is a request already. Nothing is locked: whoever begins drafts on several
-- connections at once would else wait for himself in a circle.
-- name: draft_list_oldest  rows: many  role: read  scope: account
SELECT o.id
  FROM draft o FORCE INDEX (draft_idempotency)
 WHERE o.account_id = ? AND o.idempotency_key IS NULL AND o.made_request IS NULL
 ORDER BY o.touched_at DESC, o.id DESC
 LIMIT 10 OFFSET ?

-- Of the drafts [1, 2, ...], those that nobody is just working on and that are still not sent. By the primary key: two
-- that go by different indexes would wait for each other.
-- name: draft_lock_idle  rows: many  role: write  scope: account
SELECT d.id
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN draft d FORCE INDEX (PRIMARY) ON d.id = s.id
 WHERE d.account_id = ? AND d.made_request IS NULL
   FOR UPDATE SKIP LOCKED

-- name: draft_drop  rows: none  role: write  scope: account
DELETE d
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN draft d FORCE INDEX (PRIMARY) ON d.id = s.id
 WHERE d.account_id = ?

-- part: draft_columns
SELECT d.id, d.kind, d.of_request, d.made_request, d.fields, d.item_count, d.version, d.refused_count, d.seen_digest,
       d.read_rows, d.repaired_rows, d.bad_rows

-- of_number: of the request that it changes.
-- name: draft_get  rows: one  role: read  scope: customer
{draft_columns}, (SELECT r.number FROM request r WHERE r.id = d.of_request)
  FROM draft d
 WHERE d.id = ? AND d.customer_id = ? AND d.account_id = ?

-- name: draft_lock  rows: one  role: write  scope: customer
{draft_columns}, NULL
  FROM draft d
 WHERE d.id = ? AND d.customer_id = ? AND d.account_id = ?
   FOR UPDATE

-- name: draft_find_key  rows: one  role: write  scope: customer
SELECT d.id, d.made_request, d.body_digest
  FROM draft d
 WHERE d.account_id = ? AND d.idempotency_key = ? AND d.customer_id = ?
   FOR UPDATE

-- name: draft_set_fields  rows: none  role: write  scope: customer
UPDATE draft SET fields = ?, seen_digest = NULL, version = version + 1, touched_at = ? WHERE id = ? AND customer_id = ?

-- The lines [1, 2, ...] of the customer; others are passed over.
-- name: draft_add_lines  rows: none  role: write  scope: customer
INSERT INTO draft_line (draft_id, line_id)
SELECT ?, l.id
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN line l ON l.id = s.id
 WHERE l.customer_id = ?
 ORDER BY l.id
    ON DUPLICATE KEY UPDATE line_id = draft_line.line_id

-- The lines of a request that is changed.
-- name: draft_add_request_lines  rows: none  role: write  scope: customer
INSERT INTO draft_line (draft_id, line_id)
SELECT ?, i.line_id
  FROM request_item i
 WHERE i.customer_id = ? AND i.request_id = ?
 ORDER BY i.line_id

-- name: draft_remove_lines  rows: none  role: write  scope: customer
DELETE x
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN draft_line x ON x.line_id = s.id
  STRAIGHT_JOIN draft d ON d.id = x.draft_id
 WHERE x.draft_id = ? AND d.customer_id = ?

-- name: draft_remove_all  rows: none  role: write  scope: customer
DELETE x
  FROM draft_line x
  JOIN draft d ON d.id = x.draft_id
 WHERE x.draft_id = ? AND d.customer_id = ?

-- name: draft_remove_refused  rows: none  role: write  scope: customer
DELETE x
  FROM draft_line x
  JOIN draft d ON d.id = x.draft_id
 WHERE x.draft_id = ? AND d.customer_id = ? AND x.refusal <> ''

-- name: draft_count  rows: none  role: write  scope: customer
UPDATE draft
   SET item_count = (SELECT COUNT(*) FROM draft_line x WHERE x.draft_id = draft.id), refused_count = 0,
       seen_digest = NULL, version = version + 1, touched_at = ?
 WHERE id = ? AND customer_id = ?

-- Which of the lines [1, 2, ...] are in the draft: for the boxes of a page.
-- name: draft_has_lines  rows: many  role: read  scope: customer
SELECT x.line_id
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN draft_line x ON x.line_id = s.id
  STRAIGHT_JOIN draft d ON d.id = x.draft_id
 WHERE x.draft_id = ? AND d.customer_id = ?

-- A page of the lines, with what the last look said; only the refused ones, or all (NULL).
-- name: draft_list_lines  rows: many  role: read  scope: customer
SELECT l.id, l.phone, l.serial, l.state, IF(? = 'en', p.name_en, p.name_ja), l.size, IF(? = 'en', o.name_en, o.name_ja),
       k.refusal, r.number, l.plan_id, k.of_request IS NOT NULL AND NOT EXISTS (SELECT 1 FROM request_item i WHERE i.request_id = k.of_request AND i.line_id = l.id)
  FROM (SELECT x.line_id, x.refusal, x.against, d.of_request
          FROM draft d
          STRAIGHT_JOIN draft_line x ON x.draft_id = d.id
         WHERE d.id = ? AND d.customer_id = ? AND (? IS NULL OR x.refusal <> '')
         ORDER BY x.line_id
         LIMIT ? OFFSET ?) k
  STRAIGHT_JOIN line l ON l.id = k.line_id
  STRAIGHT_JOIN plan p ON p.id = l.plan_id
  STRAIGHT_JOIN option_set o ON o.id = l.option_set_id
  LEFT JOIN request r ON r.id = k.against
 ORDER BY k.line_id

-- The lines of the request that a draft changes which the draft has no more.
-- name: draft_list_removed  rows: many  role: read  scope: customer
SELECT l.id, l.phone, l.serial, l.state, IF(? = 'en', p.name_en, p.name_ja), l.size, IF(? = 'en', o.name_en, o.name_ja),
       '', NULL, l.plan_id, 0
  FROM (SELECT i.line_id
          FROM draft d
          STRAIGHT_JOIN request_item i FORCE INDEX (request_item_request) ON i.request_id = d.of_request
         WHERE d.id = ? AND d.customer_id = ?
           AND NOT EXISTS (SELECT 1 FROM draft_line x WHERE x.draft_id = d.id AND x.line_id = i.line_id)
         ORDER BY i.line_id
         LIMIT ? OFFSET ?) k
  STRAIGHT_JOIN line l ON l.id = k.line_id
  STRAIGHT_JOIN plan p ON p.id = l.plan_id
  STRAIGHT_JOIN option_set o ON o.id = l.option_set_id
 ORDER BY k.line_id

-- How many lines both the request and the draft that changes it have, and how many the request alone.
-- name: draft_count_changes  rows: one  role: read  scope: customer
SELECT COUNT(x.line_id), COUNT(*) - COUNT(x.line_id)
  FROM draft d
  STRAIGHT_JOIN request_item i FORCE INDEX (request_item_request) ON i.request_id = d.of_request
  LEFT JOIN draft_line x ON x.draft_id = d.id AND x.line_id = i.line_id
 WHERE d.id = ? AND d.customer_id = ?

-- How many lines that fit stand in one of the states 'suspended,failed'.
-- name: draft_count_states  rows: one  role: read  scope: customer
SELECT COUNT(*)
  FROM draft d
  STRAIGHT_JOIN draft_line x ON x.draft_id = d.id
  STRAIGHT_JOIN line l ON l.id = x.line_id
 WHERE d.id = ? AND d.customer_id = ? AND x.refusal = '' AND FIND_IN_SET(l.state, ?)

-- What the account has begun for the customer and not sent, the latest first: drafts with a SIM or a word in them.
-- name: draft_list  rows: many  role: read  scope: customer
SELECT d.id, d.kind, (SELECT r.number FROM request r WHERE r.id = d.of_request), d.item_count, d.touched_at
  FROM draft d FORCE INDEX (draft_idempotency)
 WHERE d.account_id = ? AND d.idempotency_key IS NULL AND d.made_request IS NULL AND d.customer_id = ?
   AND (d.item_count > 0 OR d.fields <> '{}')
 ORDER BY d.touched_at DESC, d.id DESC
 LIMIT ?

-- The same for files: the lines behind one.
-- name: draft_csv_lines  rows: many  role: read  scope: customer
SELECT l.id, l.phone, l.serial, l.state, IF(? = 'en', p.name_en, p.name_ja), l.size, IF(? = 'en', o.name_en, o.name_ja),
       x.refusal, r.number, l.plan_id, 0
  FROM draft d
  STRAIGHT_JOIN draft_line x FORCE INDEX (PRIMARY) ON x.draft_id = d.id
  STRAIGHT_JOIN line l FORCE INDEX (PRIMARY) ON l.id = x.line_id
  STRAIGHT_JOIN plan p FORCE INDEX (PRIMARY) ON p.id = l.plan_id
  STRAIGHT_JOIN option_set o FORCE INDEX (PRIMARY) ON o.id = l.option_set_id
  LEFT JOIN request r FORCE INDEX (PRIMARY) ON r.id = x.against
 WHERE d.id = ? AND d.customer_id = ? AND x.line_id > ? AND (? IS NULL OR x.refusal <> '')
 ORDER BY x.line_id
 LIMIT ?

-- Every line as rules need it, in id order; locked when it is decided on.
-- part: draft_line_columns
SELECT l.id, l.state, l.is_protected, l.service_id, l.plan_id, IFNULL(l.share_group_id, 0), l.phone, l.serial
  FROM draft d
  STRAIGHT_JOIN draft_line x ON x.draft_id = d.id
  STRAIGHT_JOIN line l ON l.id = x.line_id
 WHERE d.id = ? AND d.customer_id = ?
 ORDER BY x.line_id

-- name: draft_read_lines  rows: many  role: read  scope: customer
{draft_line_columns}

-- name: draft_lock_lines  rows: many  role: write  scope: customer
{draft_line_columns}
   FOR UPDATE

-- The open items of the draft's lines, in the same order; those of the request that it changes are left out.
-- name: draft_read_steps  rows: many  role: read  scope: customer
SELECT i.line_id, i.id, i.request_id, r.kind, i.effective_at, i.result = 'running'
  FROM draft d
  STRAIGHT_JOIN draft_line x ON x.draft_id = d.id
  STRAIGHT_JOIN request_item i FORCE INDEX (request_item_line) ON i.line_id = x.line_id AND i.open = 1
  STRAIGHT_JOIN request r ON r.id = i.request_id
 WHERE d.id = ? AND d.customer_id = ? AND i.request_id <> IFNULL(d.of_request, 0)
 ORDER BY x.line_id

-- name: draft_set_all_refusals  rows: none  role: write  scope: customer
UPDATE draft_line x
       STRAIGHT_JOIN draft d ON d.id = x.draft_id
   SET x.refusal = ?, x.against = ?
 WHERE x.draft_id = ? AND d.customer_id = ?

-- [{"id":1,"refusal":"state","against":7}, ...]
-- name: draft_set_refusals  rows: none  role: write  scope: customer
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', refusal VARCHAR(16) PATH '$.refusal',
                                     against BIGINT UNSIGNED PATH '$.against')) s
       STRAIGHT_JOIN draft_line x ON x.line_id = s.id
       STRAIGHT_JOIN draft d ON d.id = x.draft_id
   SET x.refusal = s.refusal, x.against = NULLIF(s.against, 0)
 WHERE x.draft_id = ? AND d.customer_id = ?

-- name: draft_set_seen  rows: none  role: write  scope: customer
UPDATE draft SET refused_count = ?, seen_digest = ?, touched_at = ? WHERE id = ? AND customer_id = ?

-- name: draft_set_made  rows: none  role: write  scope: customer
UPDATE draft SET made_request = ? WHERE id = ? AND customer_id = ?

-- name: draft_rows_clear  rows: none  role: write  scope: customer
DELETE x
  FROM draft_row x
  JOIN draft d ON d.id = x.draft_id
 WHERE x.draft_id = ? AND d.customer_id = ?

-- [{"row":3,"refused":1,"reason":4,"typed":"…"}, ...]
-- name: draft_rows_add  rows: none  role: write  scope: customer
INSERT INTO draft_row (draft_id, is_refused, row_no, reason, typed)
SELECT d.id, s.is_refused, s.row_no, s.reason, s.typed
  FROM draft d
  JOIN JSON_TABLE(?, '$[*]' COLUMNS (row_no INT UNSIGNED PATH '$.row', is_refused TINYINT PATH '$.refused',
                                     reason TINYINT UNSIGNED PATH '$.reason', typed VARCHAR(25) PATH '$.typed')) s
 WHERE d.id = ? AND d.customer_id = ?

-- name: draft_set_rows  rows: none  role: write  scope: customer
UPDATE draft SET read_rows = ?, repaired_rows = ?, bad_rows = ? WHERE id = ? AND customer_id = ?

-- name: draft_list_rows  rows: many  role: read  scope: customer
SELECT x.row_no, x.reason, x.typed
  FROM draft d
  JOIN draft_row x ON x.draft_id = d.id
 WHERE d.id = ? AND d.customer_id = ? AND x.is_refused = ? AND x.row_no > ?
 ORDER BY x.row_no
 LIMIT ?

-- The live lines that have the phone numbers ["0201000…", ...]: their places in the list, from 1.
-- name: draft_find_phones  rows: many  role: read  scope: customer
SELECT s.place, l.id
  FROM JSON_TABLE(?, '$[*]' COLUMNS (place FOR ORDINALITY, phone VARCHAR(14) PATH '$')) s
  STRAIGHT_JOIN line l ON l.live_phone = s.phone
 WHERE l.customer_id = ?

-- Which of such numbers are of lines of the customer that are terminated: their places, from 1.
-- name: draft_find_ended  rows: many  role: read  scope: customer
SELECT s.place
  FROM JSON_TABLE(?, '$[*]' COLUMNS (place FOR ORDINALITY, phone VARCHAR(14) PATH '$')) s
  STRAIGHT_JOIN line l FORCE INDEX (line_customer_phone) ON l.phone = s.phone
 WHERE l.customer_id = ? AND l.state = 'terminated'

-- Old drafts that nobody is just working on: few, each may have a hundred thousand lines.
-- name: draft_lock_old  rows: many  role: write  scope: worker
SELECT d.id FROM draft d FORCE INDEX (draft_touched) WHERE d.touched_at < ? ORDER BY d.touched_at LIMIT 20 FOR UPDATE SKIP LOCKED

-- name: draft_purge  rows: none  role: write  scope: worker
DELETE d
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN draft d FORCE INDEX (PRIMARY) ON d.id = s.id
