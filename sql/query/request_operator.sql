-- request_operator.sql: requests of any customer as the operator's command line lists and mends them. Items come as
-- [7, ...] by line. Order of locks: lines, items, requests, counts.

-- Newest first.
-- name: operator_request_list_{way}  rows: many  role: read  scope: operator
-- each: way       filter
--       all       ? IS NULL
--       customer  r.customer_id = ?
{request_columns}
  FROM (SELECT r.id
          FROM request r
         WHERE {filter}
           AND (? IS NULL OR r.status = ?)
           AND (? IS NULL OR r.kind = ?)
           AND (? IS NULL OR r.received_on >= ?)
           AND (? IS NULL OR r.received_on <= ?)
           AND (? IS NULL OR r.id IN (SELECT i.request_id
                                        FROM line l
                                        JOIN request_item i ON i.line_id = l.id
                                       WHERE l.customer_id = r.customer_id AND l.phone = ?))
         ORDER BY r.id DESC
         LIMIT ?) k
  STRAIGHT_JOIN request r ON r.id = k.id
{request_joins}
 ORDER BY r.id DESC

-- name: operator_request_get  rows: one  role: read  scope: operator
{request_columns}
  FROM request r
{request_joins}
 WHERE r.number = ?

-- name: operator_request_events  rows: many  role: read  scope: operator
SELECT e.at, e.kind, e.detail, e.actor_kind, e.actor_name
  FROM request_event e
 WHERE e.request_id = ?
 ORDER BY e.id
 LIMIT 1000

-- A request's lines with a result (NULL: any); the last but one: a worker holds it.
-- name: operator_request_items  rows: many  role: read  scope: operator
-- lease
SELECT l.phone, l.serial, l.state, i.result, IFNULL(i.code, ''), IFNULL(i.text, ''), i.round, i.attempts,
       IFNULL(i.leased_until > UTC_TIMESTAMP(6), 0), IF(i.open = 1, i.due_at, i.finished_at)
  FROM request_item i
  STRAIGHT_JOIN line l ON l.id = i.line_id
 WHERE i.request_id = ? AND (? IS NULL OR i.result = ?)
 ORDER BY i.id
 LIMIT ?

-- ---- trying again, giving up ----

-- Those that have failed for good, or that are open.
-- name: operate_find_{which}  rows: many  role: read  scope: operator
-- each: which   filter
--       failed  i.result = 'failed'
--       open    i.open = 1
SELECT i.id FROM request_item i WHERE i.request_id = ? AND {filter} ORDER BY i.id

-- Those of the lines ["02010000022", ...].
-- name: operate_find_named  rows: many  role: read  scope: operator
SELECT i.id
  FROM JSON_TABLE(?, '$[*]' COLUMNS (phone VARCHAR(14) PATH '$')) s
  STRAIGHT_JOIN request r ON r.id = ?
  STRAIGHT_JOIN line l ON l.customer_id = r.customer_id AND l.phone = s.phone
  STRAIGHT_JOIN request_item i ON i.line_id = l.id AND i.request_id = r.id
 ORDER BY i.id

-- The last two: its own failure is what left its line failed; another request or person has moved the line since.
-- name: operate_lock_items  rows: many  role: write  scope: operator
-- lease
SELECT i.id, i.result, i.round, IFNULL(i.leased_until > UTC_TIMESTAMP(6), 0),
       i.id = (SELECT e.item_id
                 FROM line_event e
                WHERE e.line_id = i.line_id AND e.kind = 'state' AND e.to_text = 'failed'
                ORDER BY e.id DESC
                LIMIT 1),
       EXISTS (SELECT 1
                 FROM line_event e
                WHERE e.line_id = i.line_id AND e.kind = 'state' AND e.at > i.finished_at
                  AND (e.item_id IS NULL OR e.item_id <> i.id))
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN request_item i ON i.id = s.id
 ORDER BY i.line_id, i.id
   FOR UPDATE

-- A round of its own, with an id of its own at the carrier.
-- name: operate_retry_items  rows: none  role: write  scope: operator
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
       STRAIGHT_JOIN request_item i ON i.id = s.id
   SET i.result = 'pending', i.code = NULL, i.text = NULL, i.round = i.round + 1, i.attempts = 0, i.due_at = ?,
       i.leased_until = NULL, i.finished_at = NULL
 WHERE i.result = 'failed'

-- What waits for the repair of these lines [1, ...] is looked at again, each in its turn.
-- name: operate_wake  rows: none  role: write  scope: operator
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
       STRAIGHT_JOIN request_item i FORCE INDEX (request_item_line) ON i.line_id = s.id AND i.open = 1
   SET i.code = NULL, i.text = NULL, i.due_at = LEAST(i.due_at, ?)
 WHERE i.result = 'pending' AND i.code = 'line-failed'

-- name: operate_reopen  rows: none  role: write  scope: operator
UPDATE request SET open_items = open_items + ?, failed_items = failed_items - ? WHERE id = ?

-- ---- repairing a line ----

-- name: repair_lock  rows: one  role: write  scope: operator
SELECT id, customer_id, state FROM line WHERE live_phone = ? FOR UPDATE

-- Where it stood before it failed, and whose failure that was.
-- name: repair_before  rows: one  role: read  scope: operator
SELECT IFNULL(e.from_text, ''), IFNULL(e.item_id, 0)
  FROM line_event e
 WHERE e.line_id = ? AND e.kind = 'state' AND e.to_text = 'failed'
 ORDER BY e.id DESC
 LIMIT 1
