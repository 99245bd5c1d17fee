-- recharge.sql: capacity bought on top, as the worker adds it: set by set.

-- What the lines [1, 2, ...] have and have used this month: what a recharge finds.
-- name: recharge_read_months  rows: many  role: read  scope: worker
SELECT l.id, IFNULL(m.capacity_bytes, p.capacity_bytes), IFNULL(m.used_bytes, 0)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN line l ON l.id = s.id
  STRAIGHT_JOIN plan p ON p.id = l.plan_id
  LEFT JOIN line_month m ON m.month = ? AND m.line_id = l.id
 ORDER BY l.id

-- Their recharges that are valid on a day, in the order in which use draws on them.
-- name: recharge_read_valid  rows: many  role: read  scope: worker
SELECT r.line_id, r.bytes, r.consumed_bytes, r.overuse_bytes, r.valid_until
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$')) s
  STRAIGHT_JOIN recharge r ON r.line_id = s.id
 WHERE r.valid_until >= ?
 ORDER BY r.line_id, r.valid_until, r.effective_at

-- [{"id":1,"customer":3,"bytes":…,"overuse":…,"until":"2026-05-31"}, ...]
-- part: recharge_lines
JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', customer BIGINT UNSIGNED PATH '$.customer',
                              bytes BIGINT UNSIGNED PATH '$.bytes', overuse BIGINT UNSIGNED PATH '$.overuse',
                              until DATE PATH '$.until')) s

-- name: recharge_add  rows: none  role: write  scope: worker
INSERT INTO recharge (customer_id, line_id, bytes, overuse_bytes, effective_at, valid_until)
SELECT s.customer, s.id, s.bytes, s.overuse, ?, s.until
  FROM {recharge_lines}

-- Parameters: lines, the month from which on rows exist (this one and those opened ahead).
-- name: recharge_add_remaining  rows: none  role: write  scope: worker
UPDATE {recharge_lines}
       STRAIGHT_JOIN line_month m ON m.line_id = s.id AND m.month >= ?
   SET m.remaining_bytes = m.remaining_bytes + s.bytes

-- name: recharge_unthrottle_counts  rows: none  role: write  scope: worker
UPDATE (SELECT l.customer_id, SUM(l.throttled) AS n
          FROM {recharge_lines}
          STRAIGHT_JOIN line l ON l.id = s.id
         GROUP BY l.customer_id
        HAVING SUM(l.throttled) > 0
         ORDER BY l.customer_id) k
       STRAIGHT_JOIN customer_count n ON n.customer_id = k.customer_id
   SET n.throttled = n.throttled - k.n

-- name: recharge_unthrottle  rows: none  role: write  scope: worker
UPDATE {recharge_lines}
       STRAIGHT_JOIN line l ON l.id = s.id
   SET l.throttled = 0
 WHERE l.throttled = 1
