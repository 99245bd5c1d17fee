-- demo.sql: what `simportalctl demo-data` writes: lines with their whole history.

-- name: demo_line_count  rows: one  role: read  scope: operator
SELECT COUNT(*) FROM line WHERE customer_id = ?

-- name: demo_line_add  rows: none  role: write  scope: operator
INSERT INTO line (customer_id, project_id, phone, serial, kind, size, state, throttled, service_id, plan_id,
                  option_set_id, share_group_id, label, label_search, memo, activated_on, terminated_on, created_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: demo_card_add  rows: none  role: write  scope: operator
INSERT INTO card (line_id, serial, iccid, kind, size, activation_code, from_at, to_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?)

-- name: demo_line_plan_add  rows: none  role: write  scope: operator
INSERT INTO line_plan (line_id, from_on, to_on, plan_id) VALUES (?, ?, ?, ?)

-- name: demo_line_project_add  rows: none  role: write  scope: operator
INSERT INTO line_project (line_id, from_on, to_on, project_id) VALUES (?, ?, NULL, ?)

-- name: demo_line_option_add  rows: none  role: write  scope: operator
INSERT INTO line_option (line_id, option_kind_id, from_on, to_on)
SELECT ?, id, ?, NULL FROM line_option_kind WHERE code = ?

-- name: demo_share_group_add  rows: none  role: write  scope: operator
INSERT INTO share_group (customer_id, name, name_search, line_capacity_bytes, created_by, created_at)
VALUES (?, ?, ?, ?, ?, ?)

-- name: demo_share_member_add  rows: none  role: write  scope: operator
INSERT INTO share_member (line_id, from_month, to_month, share_group_id) VALUES (?, ?, NULL, ?)

-- name: demo_line_month_add  rows: none  role: write  scope: operator
INSERT INTO line_month (month, line_id, customer_id, capacity_bytes, used_bytes, remaining_bytes, as_of)
VALUES (?, ?, ?, ?, ?, ?, ?)

-- name: demo_recharge_add  rows: none  role: write  scope: operator
INSERT INTO recharge (customer_id, line_id, share_group_id, bytes, consumed_bytes, overuse_bytes, effective_at,
                      valid_until)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)

-- name: demo_line_event_add  rows: none  role: write  scope: operator
INSERT INTO line_event (line_id, customer_id, at, kind, from_text, to_text, actor_kind, actor_id, actor_name)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: demo_cards_set_former  rows: none  role: write  scope: operator
UPDATE card d
  JOIN line l ON l.id = d.line_id
   SET d.former_of = l.customer_id
 WHERE l.customer_id BETWEEN ? AND ? AND d.to_at IS NOT NULL AND d.former_of IS NULL

-- name: demo_counts_set  rows: none  role: write  scope: operator
UPDATE customer_count n
  JOIN (SELECT customer_id, SUM(state = 'inactive') AS inactive, SUM(state = 'active') AS active,
               SUM(state = 'suspended') AS suspended, SUM(state = 'reissuing') AS reissuing,
               SUM(state = 'terminated') AS ended, SUM(state = 'failed') AS failed, SUM(throttled) AS throttled
          FROM line
         WHERE customer_id BETWEEN ? AND ?
         GROUP BY customer_id) s ON s.customer_id = n.customer_id
   SET n.inactive = s.inactive, n.active = s.active, n.suspended = s.suspended, n.reissuing = s.reissuing,
       n.`terminated` = s.ended, n.failed = s.failed, n.throttled = s.throttled,
       n.share_groups = (SELECT COUNT(*) FROM share_group g
                          WHERE g.customer_id = n.customer_id AND g.ended_on IS NULL)

-- name: demo_months_sum  rows: none  role: write  scope: operator
INSERT INTO customer_month (customer_id, month, capacity_bytes, used_bytes, as_of)
SELECT k.customer_id, k.month, k.capacity, k.used, k.as_of
  FROM (SELECT m.customer_id, m.month, SUM(m.capacity_bytes) AS capacity, SUM(m.used_bytes) AS used,
               MAX(m.as_of) AS as_of
          FROM line_month m
         WHERE m.customer_id BETWEEN ? AND ?
         GROUP BY m.customer_id, m.month) k
    ON DUPLICATE KEY UPDATE capacity_bytes = k.capacity, used_bytes = k.used, as_of = k.as_of

-- The fleet of the load bench, set-wise: numbers 0 to 9,999 make one chunk.
-- part: load_digits
(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 UNION ALL SELECT 5
 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)

-- part: load_numbers
(SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d AS n
   FROM {load_digits} a CROSS JOIN {load_digits} b CROSS JOIN {load_digits} c CROSS JOIN {load_digits} e)

-- name: load_state  rows: one  role: read  scope: operator
SELECT (SELECT COUNT(*) FROM line WHERE serial BETWEEN 'GG920000000000' AND 'GG929999999999'),
       (SELECT id FROM line WHERE serial = 'GG920000000000'),
       (SELECT COALESCE(MAX(id), 0) FROM line),
       (SELECT id FROM customer WHERE code = 'TC2000-00001'),
       (SELECT COALESCE(MAX(id), 0) FROM customer),
       (SELECT COALESCE(MAX(id), 0) FROM project),
       (SELECT p.id FROM project p JOIN customer c ON c.id = p.customer_id WHERE c.code = 'TC2000-00001')

-- Parameters: first id, moment, first number, how many in all.
-- name: load_customers_add  rows: none  role: write  scope: operator
INSERT INTO customer (id, code, name, name_search, created_at)
SELECT ? + k.i, CONCAT('TC2000-', LPAD(k.i + 1, 5, '0')), CONCAT('Load ', k.i + 1), CONCAT('load ', k.i + 1), ?
  FROM (SELECT ? + n.n AS i FROM {load_numbers} n) k
 WHERE k.i < ?

-- name: load_counts_add  rows: none  role: write  scope: operator
INSERT INTO customer_count (customer_id) SELECT id FROM customer WHERE id BETWEEN ? AND ?

-- Parameters: how far project ids stand from customer ids, customers.
-- name: load_projects_add  rows: none  role: write  scope: operator
INSERT INTO project (id, customer_id, name, created_at)
SELECT CAST(id + ? AS UNSIGNED), id, 'Load', created_at FROM customer WHERE id BETWEEN ? AND ?

-- The first customer has the first so many lines, the second a hundred, the others the rest in turn. What a line is
-- follows from the CRC of its number.
-- Parameters: first line, customer and project id, today (twice), moment, the first's lines (three times), other
-- customers, first number of the chunk, how many lines in all.
-- name: load_lines_add  rows: none  role: write  scope: operator
INSERT INTO line (id, customer_id, project_id, phone, serial, kind, size, state, throttled, service_id, plan_id,
                  option_set_id, label, label_search, activated_on, terminated_on, created_at)
SELECT ? + k.i, ? + k.c, ? + k.c, CONCAT('020', LPAD(30000000 + k.i, 8, '0')),
       CONCAT('GG92', LPAD(k.i, 10, '0')), IF(k.r DIV 100 % 5 = 0 AND p.esim = 1, 'esim', 'card'),
       IF(k.r DIV 100 % 5 = 0 AND p.esim = 1, 'none', ELT(1 + k.r DIV 500 % 3, 'nano', 'micro', 'standard')),
       CASE WHEN k.r % 100 < 88 THEN 'active' WHEN k.r % 100 < 92 THEN 'suspended' WHEN k.r % 100 < 95 THEN 'inactive'
            WHEN k.r % 100 < 98 THEN 'terminated' WHEN k.r % 100 < 99 THEN 'reissuing' ELSE 'failed' END,
       k.r % 100 < 3, p.service_id, p.id, 1, CONCAT('Device ', k.i), CONCAT('device ', k.i),
       IF(k.r % 100 BETWEEN 92 AND 94, NULL, DATE_SUB(?, INTERVAL 40 + k.r DIV 10000 % 900 DAY)),
       IF(k.r % 100 BETWEEN 95 AND 97, DATE_SUB(?, INTERVAL 1 + k.r DIV 10000 % 30 DAY), NULL),
       DATE_SUB(?, INTERVAL 50 + k.r DIV 10000 % 900 DAY)
  FROM (SELECT x.i, CRC32(x.i) AS r,
               CASE WHEN x.i < ? THEN 0 WHEN x.i < ? + 100 THEN 1 ELSE 2 + (x.i - ? - 100) % ? END AS c
          FROM (SELECT ? + n.n AS i FROM {load_numbers} n) x) k
  JOIN plan p ON p.code = ELT(1 + k.r DIV 7 % 5, 'm500', 'g1', 'g3', 'g30', 'basic')
 WHERE k.i < ?
 ORDER BY k.i

-- name: load_cards_add  rows: none  role: write  scope: operator
INSERT INTO card (line_id, serial, iccid, kind, size, from_at)
SELECT id, serial, CONCAT('898120000', SUBSTRING(serial, 5)), kind, size, created_at FROM line WHERE id BETWEEN ? AND ?

-- name: load_line_plans_add  rows: none  role: write  scope: operator
INSERT INTO line_plan (line_id, from_on, to_on, plan_id)
SELECT id, DATE(created_at), terminated_on, plan_id FROM line WHERE id BETWEEN ? AND ?

-- name: load_line_projects_add  rows: none  role: write  scope: operator
INSERT INTO line_project (line_id, from_on, project_id)
SELECT id, DATE(created_at), project_id FROM line WHERE id BETWEEN ? AND ?

-- name: load_events_add  rows: none  role: write  scope: operator
INSERT INTO line_event (line_id, customer_id, at, kind, to_text, actor_kind, actor_name)
SELECT id, customer_id, created_at, 'created', state, 'worker', 'worker' FROM line WHERE id BETWEEN ? AND ?

-- Parameters: month, moment, thousandths of the month gone by, lines.
-- name: load_months_add  rows: none  role: write  scope: operator
INSERT INTO line_month (month, line_id, customer_id, capacity_bytes, used_bytes, remaining_bytes, as_of)
SELECT ?, k.id, k.customer_id, k.capacity, k.used, GREATEST(k.capacity, k.used) - k.used, ?
  FROM (SELECT l.id, l.customer_id, p.capacity_bytes AS capacity,
               CASE WHEN l.throttled = 1 THEN p.capacity_bytes + CRC32(l.phone) % 90000000
                    WHEN l.state IN ('inactive', 'terminated') THEN 0
                    ELSE p.capacity_bytes DIV 1000000 * (CRC32(l.phone) % 970) * ? END AS used
          FROM line l JOIN plan p ON p.id = l.plan_id
         WHERE l.id BETWEEN ? AND ?) k
 ORDER BY k.id
