-- line_import.sql: lines of a bulk load: staged, checked and published set by set. See bulk.sql for what is the same in
-- every load.

-- Rows as [row, customer, project, phone, serial, iccid, kind, size, service, plan, state, activated on], the numbers
-- read, service and plan as ids; customers and projects are found here.
-- name: line_import_add  rows: none  role: write  scope: operator
INSERT INTO line_import (run_id, row_no, customer_id, project_id, phone, serial, iccid, kind, size, service_id, plan_id,
                         state, activated_on, unknown_customer, unknown_project)
SELECT ?, j.row_no, c.id, p.id, j.phone, j.serial, j.iccid, j.kind, j.size, j.service_id, j.plan_id, j.state,
       j.activated_on, IF(c.id IS NULL, j.customer, NULL), IF(p.id IS NULL, j.project, NULL)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (
         row_no INT UNSIGNED PATH '$[0]',
         customer VARCHAR(20) PATH '$[1]',
         project VARCHAR(200) PATH '$[2]',
         phone VARCHAR(14) PATH '$[3]',
         serial VARCHAR(20) PATH '$[4]',
         iccid VARCHAR(20) PATH '$[5]',
         kind VARCHAR(8) PATH '$[6]',
         size VARCHAR(8) PATH '$[7]',
         service_id BIGINT UNSIGNED PATH '$[8]',
         plan_id BIGINT UNSIGNED PATH '$[9]',
         state VARCHAR(12) PATH '$[10]',
         activated_on DATE PATH '$[11]')) j
  LEFT JOIN customer c ON c.code = j.customer
  LEFT JOIN project p ON p.customer_id = c.id AND p.name = j.project

-- Which of the rows from one to another are known, and what is wrong with them: a bit for each check, numbered as in
-- line_import_rule.c. A line is known by its serial number; what a known line says otherwise differs. The third line is
-- the one that has the phone number now, if it is another one.
-- name: line_import_check  rows: many  role: read  scope: operator
SELECT k.row_no, k.known, k.faults, k.phone, k.serial, k.iccid, k.unknown_customer, k.unknown_project
  FROM (SELECT s.row_no, s.phone, s.serial, s.iccid, s.unknown_customer, s.unknown_project, l.id IS NOT NULL AS known,
               (s.customer_id IS NULL) * 1
               + (s.customer_id IS NOT NULL AND s.project_id IS NULL) * 2
               + (s.state <> 'terminated' AND
                  EXISTS (SELECT 1 FROM line_import x FORCE INDEX (line_import_phone)
                           WHERE x.run_id = s.run_id AND x.phone = s.phone AND x.row_no < s.row_no
                             AND x.state <> 'terminated')) * 4
               + EXISTS (SELECT 1 FROM line_import x FORCE INDEX (line_import_serial)
                          WHERE x.run_id = s.run_id AND x.serial = s.serial AND x.row_no < s.row_no) * 8
               + (s.iccid IS NOT NULL AND
                  EXISTS (SELECT 1 FROM line_import x FORCE INDEX (line_import_iccid)
                           WHERE x.run_id = s.run_id AND x.iccid = s.iccid AND x.row_no < s.row_no)) * 16
               + (o.id IS NOT NULL AND s.state <> 'terminated') * 32
               + (l.id IS NULL AND d.id IS NOT NULL) * 64
               + (i.id IS NOT NULL AND i.serial <> s.serial) * 128
               + (l.id IS NULL AND s.state NOT IN ('inactive', 'active', 'suspended')) * 256
               + (l.id IS NOT NULL AND l.customer_id <> COALESCE(s.customer_id, l.customer_id)) * 512
               + (l.id IS NOT NULL AND l.project_id <> COALESCE(s.project_id, l.project_id)) * 1024
               + (l.id IS NOT NULL AND l.phone <> s.phone) * 2048
               + (l.id IS NOT NULL AND NOT d.iccid <=> s.iccid) * 4096
               + (l.id IS NOT NULL AND l.kind <> s.kind) * 8192
               + (l.id IS NOT NULL AND l.kind = s.kind AND l.size <> s.size) * 16384
               + (l.id IS NOT NULL AND l.service_id <> s.service_id) * 32768
               + (l.id IS NOT NULL AND l.plan_id <> s.plan_id) * 65536
               + (l.id IS NOT NULL AND l.state <> s.state) * 131072
               + (l.id IS NOT NULL AND NOT l.activated_on <=> s.activated_on) * 262144 AS faults
          FROM line_import s
          LEFT JOIN line l ON l.serial = s.serial
          LEFT JOIN card d ON d.serial = s.serial
          LEFT JOIN card i ON i.iccid = s.iccid
          LEFT JOIN line o ON o.live_phone = s.phone AND o.serial <> s.serial
         WHERE s.run_id = ? AND s.row_no BETWEEN ? AND ?) k
 WHERE k.known = 1 OR k.faults <> 0
 ORDER BY k.row_no

-- name: line_import_set_known  rows: none  role: write  scope: operator
UPDATE line_import s
  JOIN line l ON l.serial = s.serial
   SET s.known = 1
 WHERE s.run_id = ? AND s.row_no BETWEEN ? AND ?

-- name: line_import_count_known  rows: one  role: read  scope: operator
SELECT COUNT(*) FROM line_import WHERE run_id = ? AND known = 1

-- name: line_import_parts_add  rows: none  role: write  scope: operator
INSERT INTO import_part (run_id, customer_id, row_count)
SELECT run_id, customer_id, COUNT(*)
  FROM line_import FORCE INDEX (line_import_customer)
 WHERE run_id = ? AND known = 0
 GROUP BY run_id, customer_id

-- The last row of the bite of a customer with many.
-- name: line_import_bite  rows: one  role: read  scope: operator
SELECT s.row_no
  FROM import_part k
  STRAIGHT_JOIN line_import s FORCE INDEX (line_import_customer)
     ON s.run_id = k.run_id AND s.customer_id = k.customer_id AND s.known = 0 AND s.row_no >= k.next_row
 WHERE k.run_id = ? AND k.customer_id = ? AND k.done = 0
 ORDER BY s.row_no
 LIMIT 1 OFFSET ?

-- The rows of a unit: run, customers from and to, last row.
-- part: import_unit
  FROM import_part k
  STRAIGHT_JOIN line_import s FORCE INDEX (line_import_customer)
     ON s.run_id = k.run_id AND s.customer_id = k.customer_id AND s.known = 0 AND s.row_no >= k.next_row

-- part: import_unit_where
 WHERE k.run_id = ? AND k.customer_id BETWEEN ? AND ? AND k.done = 0 AND s.row_no <= ?

-- name: line_publish_lines  rows: none  role: write  scope: operator
INSERT INTO line (customer_id, project_id, phone, serial, kind, size, state, service_id, plan_id, activated_on,
                  created_at)
SELECT s.customer_id, s.project_id, s.phone, s.serial, s.kind, s.size, s.state, s.service_id, s.plan_id, s.activated_on,
       ?
{import_unit}
{import_unit_where}

-- The ids that the lines got. Are they without a gap, the range holds no other line.
-- name: line_publish_ids  rows: one  role: read  scope: operator
SELECT MIN(l.id), MAX(l.id), COUNT(*)
{import_unit}
  STRAIGHT_JOIN line l ON l.serial = s.serial
{import_unit_where}

-- name: line_publish_cards  rows: none  role: write  scope: operator
INSERT INTO card (line_id, serial, iccid, kind, size, from_at)
SELECT l.id, s.serial, s.iccid, s.kind, s.size, l.created_at
{import_unit}
  STRAIGHT_JOIN line l ON l.serial = s.serial
{import_unit_where}

-- part: import_lines_gapless
  FROM line l
  STRAIGHT_JOIN plan p ON p.id = l.plan_id
 WHERE l.id BETWEEN ? AND ?

-- part: import_lines_scattered
{import_unit}
  STRAIGHT_JOIN line l ON l.serial = s.serial
  STRAIGHT_JOIN plan p ON p.id = l.plan_id
{import_unit_where}

-- Each of the following by the range of ids, or by the rows of the unit where other lines stand in between.
-- name: line_publish_plans_{how}  rows: none  role: write  scope: operator
-- each: how
--       gapless
--       scattered
INSERT INTO line_plan (line_id, from_on, plan_id)
SELECT l.id, ?, l.plan_id
{import_lines_{how}}
 ORDER BY l.id

-- name: line_publish_projects_{how}  rows: none  role: write  scope: operator
-- each: how
--       gapless
--       scattered
INSERT INTO line_project (line_id, from_on, project_id)
SELECT l.id, ?, l.project_id
{import_lines_{how}}
 ORDER BY l.id

-- name: line_publish_events_{how}  rows: none  role: write  scope: operator
-- each: how
--       gapless
--       scattered
INSERT INTO line_event (line_id, customer_id, at, kind, to_text, actor_kind, actor_name)
SELECT l.id, l.customer_id, ?, 'created', l.state, ?, ?
{import_lines_{how}}
 ORDER BY l.id

-- As the worker opens months, without recharges: a new line has none.
-- name: line_publish_months_{how}  rows: none  role: write  scope: operator
-- each: how
--       gapless
--       scattered
INSERT INTO line_month (month, line_id, customer_id, capacity_bytes, remaining_bytes)
SELECT ?, l.id, l.customer_id, p.capacity_bytes, p.capacity_bytes
{import_lines_{how}}
 ORDER BY l.id

-- name: line_publish_counts_{how}  rows: none  role: write  scope: operator
-- each: how
--       gapless
--       scattered
INSERT INTO customer_count (customer_id, inactive, active, suspended)
SELECT n.customer_id, n.inactive, n.active, n.suspended
  FROM (SELECT l.customer_id, SUM(l.state = 'inactive') AS inactive, SUM(l.state = 'active') AS active,
               SUM(l.state = 'suspended') AS suspended
{import_lines_{how}}
         GROUP BY l.customer_id) n
 ORDER BY n.customer_id
    ON DUPLICATE KEY UPDATE inactive = customer_count.inactive + n.inactive,
                            active = customer_count.active + n.active,
                            suspended = customer_count.suspended + n.suspended

-- name: line_publish_capacity_{how}  rows: none  role: write  scope: operator
-- each: how
--       gapless
--       scattered
INSERT INTO customer_month (customer_id, month, capacity_bytes)
SELECT n.customer_id, ?, n.capacity
  FROM (SELECT l.customer_id, SUM(p.capacity_bytes) AS capacity
{import_lines_{how}}
         GROUP BY l.customer_id) n
 ORDER BY n.customer_id
    ON DUPLICATE KEY UPDATE capacity_bytes = customer_month.capacity_bytes + n.capacity
