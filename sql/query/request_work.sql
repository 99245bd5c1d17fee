-- request_work.sql: how due items of requests are carried out: claimed in batches with a lease, brought to the carrier,
-- finished in batches. Items come as [{"id":7,...}, ...] by line. Order of locks: lines, items, requests, counts.

-- What is due behind an item, whose line has no earlier open item: two ranges of the index, so that a midnight's
-- million is walked through once. Those that wait for the line's repair let others by: suspend and terminate may start
-- from there.
-- name: work_due  rows: many  role: write  scope: worker
-- lease
SELECT i.id, i.due_at
  FROM request_item i FORCE INDEX (request_item_due)
 WHERE i.open = 1 AND ((i.due_at = ? AND i.id > ?) OR (i.due_at > ? AND i.due_at <= ?))
   AND (i.leased_until IS NULL OR i.leased_until <= UTC_TIMESTAMP(6))
   AND NOT EXISTS (SELECT 1
                     FROM request_item p FORCE INDEX (request_item_line)
                    WHERE p.line_id = i.line_id AND p.open = 1
                      AND (p.result = 'running' OR p.code IS NULL OR p.code <> 'line-failed')
                      AND (p.effective_at < i.effective_at OR (p.effective_at = i.effective_at AND p.id < i.id)))
 ORDER BY i.due_at, i.id
 LIMIT ?
   FOR UPDATE SKIP LOCKED

-- The last: it waited for the line's repair, and a later one has brought the line out of its failure.
-- name: work_read  rows: many  role: read  scope: worker
SELECT i.id, i.request_id, i.customer_id, i.line_id, i.round, i.attempts, IFNULL(i.code, ''), i.effective_at, r.kind,
       r.effective_on, r.fields, l.state, l.phone, l.serial, IFNULL(d.iccid, ''), l.plan_id,
       IFNULL(l.share_group_id, 0), i.result = 'running', IFNULL(i.from_state, ''),
       IF(i.result = 'pending' AND i.code = 'line-failed',
          EXISTS (SELECT 1
                    FROM line_event e
                    JOIN request_item q ON q.id = e.item_id
                   WHERE e.line_id = i.line_id AND e.kind = 'state' AND e.from_text = 'failed'
                     AND (q.effective_at > i.effective_at OR (q.effective_at = i.effective_at AND q.id > i.id))),
          0)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN request_item i ON i.id = s.id
  STRAIGHT_JOIN request r ON r.id = i.request_id
  STRAIGHT_JOIN line l ON l.id = i.line_id
  LEFT JOIN card d ON d.serial = l.serial
 ORDER BY i.line_id, i.id

-- from_state stays where the line stood before it failed.
-- name: work_set_running  rows: none  role: write  scope: worker
-- lease
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', state VARCHAR(12) PATH '$.state')) s
       STRAIGHT_JOIN request_item i ON i.id = s.id
   SET i.result = 'running', i.leased_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND,
       i.from_state = IF(i.result = 'pending' AND s.state <> 'failed', s.state, i.from_state)

-- name: work_renew  rows: none  role: write  scope: worker
-- lease
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
       STRAIGHT_JOIN request_item i ON i.id = s.id
   SET i.leased_until = UTC_TIMESTAMP(6) + INTERVAL ? SECOND
 WHERE i.result = 'running'

-- name: work_release  rows: none  role: write  scope: worker
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
       STRAIGHT_JOIN request_item i ON i.id = s.id
   SET i.leased_until = NULL
 WHERE i.result = 'running'

-- Lines and items that are about to be finished.
-- name: work_lock_lines  rows: many  role: write  scope: worker
SELECT l.id, l.state
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN line l ON l.id = s.id
 ORDER BY s.id
   FOR UPDATE

-- name: work_lock_items  rows: many  role: write  scope: worker
SELECT i.id
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', round INT UNSIGNED PATH '$.round')) s
  STRAIGHT_JOIN request_item i ON i.id = s.id AND i.round = s.round
 WHERE i.open = 1
 ORDER BY s.id
   FOR UPDATE

-- [{"id":7,"result":"done","code":"","text":""}, ...]
-- name: work_set_results  rows: none  role: write  scope: worker
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', result VARCHAR(10) PATH '$.result',
                                     code VARCHAR(32) PATH '$.code', text VARCHAR(400) PATH '$.text')) s
       STRAIGHT_JOIN request_item i ON i.id = s.id
   SET i.result = s.result, i.code = NULLIF(s.code, ''), i.text = NULLIF(s.text, ''), i.finished_at = ?,
       i.leased_until = NULL

-- Tried again later: [{"id":7,"seconds":5,"code":"","text":"","again":1}, ...]
-- name: work_set_later  rows: none  role: write  scope: worker
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', seconds INT PATH '$.seconds',
                                     code VARCHAR(32) PATH '$.code', text VARCHAR(400) PATH '$.text',
                                     again INT PATH '$.again')) s
       STRAIGHT_JOIN request_item i ON i.id = s.id
   SET i.due_at = ? + INTERVAL s.seconds SECOND, i.code = NULLIF(s.code, ''), i.text = NULLIF(s.text, ''),
       i.attempts = i.attempts + s.again, i.leased_until = NULL

-- Requests of these ids that have not begun: locked.
-- name: work_list_pending  rows: many  role: write  scope: worker
SELECT r.id, r.customer_id
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN request r ON r.id = s.id
 WHERE r.status = 'pending'
 ORDER BY s.id
   FOR UPDATE

-- name: work_set_status  rows: none  role: write  scope: worker
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', status VARCHAR(10) PATH '$.status')) s
       STRAIGHT_JOIN request r ON r.id = s.id
   SET r.status = s.status, r.executed_on = IF(s.status IN ('completed', 'failed'), ?, NULL),
       r.version = r.version + 1

-- name: work_add_events  rows: none  role: write  scope: worker
INSERT INTO request_event (request_id, at, kind, detail, actor_kind, actor_id, actor_name)
SELECT s.id, ?, s.status, '', ?, ?, ?
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', status VARCHAR(10) PATH '$.status')) s

-- [{"id":9,"done":1,"failed":0,"left":0}, ...]: how the counts of requests move.
-- name: work_add_tallies  rows: none  role: write  scope: worker
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', done INT UNSIGNED PATH '$.done',
                                     failed INT UNSIGNED PATH '$.failed', skipped INT UNSIGNED PATH '$.left')) s
       STRAIGHT_JOIN request r ON r.id = s.id
   SET r.open_items = r.open_items - s.done - s.failed - s.skipped, r.done_items = r.done_items + s.done,
       r.failed_items = r.failed_items + s.failed, r.left_items = r.left_items + s.skipped

-- Those of them that are through.
-- name: work_list_through  rows: many  role: write  scope: worker
SELECT r.id, r.customer_id, r.kind, r.number, r.items, r.failed_items, r.left_items, r.effective_on, r.status
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id')) s
  STRAIGHT_JOIN request r ON r.id = s.id
 WHERE r.open_items = 0 AND r.status IN ('pending', 'processing')
 ORDER BY s.id
   FOR UPDATE

-- [{"id":3,"pending":-2,"processing":1,"completed":1,"failed":0}, ...], each customer once.
-- name: work_move_counts  rows: none  role: write  scope: worker
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', pending INT PATH '$.pending',
                                     processing INT PATH '$.processing', completed INT PATH '$.completed',
                                     failed INT PATH '$.failed')) s
       STRAIGHT_JOIN customer_request_count c ON c.customer_id = s.id
   SET c.pending = c.pending + s.pending, c.processing = c.processing + s.processing,
       c.completed = c.completed + s.completed, c.failed = c.failed + s.failed
