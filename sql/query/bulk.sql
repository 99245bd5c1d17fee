-- bulk.sql: runs of bulk loads, what is wrong with their rows, and the parts in which they are published. A kind of
-- load has its rows in a table and a file of statements of its own (line_import.sql).

-- One load at a time, of whatever kind.
-- name: import_lock  rows: one  role: write  scope: operator
SELECT GET_LOCK('simportal-import', 0)

-- name: import_unlock  rows: one  role: write  scope: operator
SELECT RELEASE_LOCK('simportal-import')

-- name: import_run_add  rows: none  role: write  scope: operator
INSERT INTO import_run (kind, digest, state, actor_name, begun_at) VALUES (?, ?, 'staging', ?, ?)

-- The run that was being published when its program ended.
-- name: import_run_open  rows: one  role: read  scope: operator
SELECT id, digest, row_count, begun_at FROM import_run WHERE state = 'publishing' AND kind = ? ORDER BY id LIMIT 1

-- name: import_run_publish  rows: none  role: write  scope: operator
UPDATE import_run SET state = 'publishing', row_count = ? WHERE id = ? AND state = 'staging'

-- name: import_run_end  rows: none  role: write  scope: operator
UPDATE import_run SET state = ?, ended_at = ? WHERE id = ? AND state IN ('staging', 'publishing')

-- Runs whose program ended while they were read: nothing of theirs was published.
-- name: import_run_drop_dead  rows: none  role: write  scope: operator
UPDATE import_run SET state = 'dropped', ended_at = ? WHERE state = 'staging'

-- Of one row a column's fault of one reason stands once.
-- name: import_fault_add  rows: none  role: write  scope: operator
INSERT INTO import_fault (run_id, row_no, place, reason, value)
SELECT ?, j.row_no, j.place, j.reason, j.value
  FROM JSON_TABLE(?, '$[*]' COLUMNS (
         row_no INT UNSIGNED PATH '$[0]',
         place INT UNSIGNED PATH '$[1]',
         reason VARCHAR(16) PATH '$[2]',
         value VARCHAR(200) PATH '$[3]')) j
    ON DUPLICATE KEY UPDATE place = j.place

-- name: import_fault_list  rows: many  role: read  scope: operator
SELECT row_no, place, reason, value
  FROM import_fault
 WHERE run_id = ? AND (row_no > ? OR (row_no = ? AND (place > ? OR (place = ? AND reason > ?))))
 ORDER BY row_no, place, reason
 LIMIT ?

-- name: import_fault_count  rows: one  role: read  scope: operator
SELECT COUNT(*), COUNT(DISTINCT row_no) FROM import_fault WHERE run_id = ?

-- name: import_part_list  rows: many  role: read  scope: operator
SELECT customer_id, row_count
  FROM import_part
 WHERE run_id = ? AND customer_id > ? AND done = 0
 ORDER BY customer_id
 LIMIT ?

-- name: import_part_totals  rows: one  role: read  scope: operator
SELECT COUNT(*), COALESCE(SUM(row_count), 0) FROM import_part WHERE run_id = ?

-- The parts of a unit that are still to be published: who has them publishes them.
-- name: import_part_lock  rows: many  role: write  scope: operator
SELECT customer_id, row_count
  FROM import_part
 WHERE run_id = ? AND customer_id BETWEEN ? AND ? AND done = 0
 ORDER BY customer_id
   FOR UPDATE

-- name: import_part_move  rows: none  role: write  scope: operator
UPDATE import_part
   SET next_row = ?, done = ?
 WHERE run_id = ? AND customer_id BETWEEN ? AND ? AND done = 0

-- What is left of runs that have ended, a bite each.
-- name: import_purge_next  rows: one  role: read  scope: worker
SELECT id FROM import_run WHERE purged_at IS NULL AND state IN ('done', 'dropped') ORDER BY id LIMIT 1

-- name: import_purge_{what}  rows: none  role: write  scope: worker
-- each: what    table         key
--       lines   line_import   row_no
--       faults  import_fault  row_no
--       parts   import_part   customer_id
DELETE FROM {table} WHERE run_id = ? ORDER BY {key} LIMIT 5000

-- name: import_purge_end  rows: none  role: write  scope: worker
UPDATE import_run SET purged_at = ? WHERE id = ?
