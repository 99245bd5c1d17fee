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

-- name: demo_counts_set  rows: none  role: write  scope: operator
UPDATE customer_count n
  JOIN (SELECT customer_id, SUM(state = 'inactive') AS inactive, SUM(state = 'active') AS active,
               SUM(state = 'suspended') AS suspended, SUM(state = 'reissuing') AS reissuing,
               SUM(state = 'terminated') AS ended, SUM(state = 'failed') AS failed, SUM(throttled) AS throttled
          FROM line
         WHERE customer_id BETWEEN ? AND ?
         GROUP BY customer_id) s ON s.customer_id = n.customer_id
   SET n.inactive = s.inactive, n.active = s.active, n.suspended = s.suspended, n.reissuing = s.reissuing,
       n.`terminated` = s.ended, n.failed = s.failed, n.throttled = s.throttled

-- name: demo_months_sum  rows: none  role: write  scope: operator
INSERT INTO customer_month (customer_id, month, capacity_bytes, used_bytes, as_of)
SELECT m.customer_id, m.month, SUM(m.capacity_bytes), SUM(m.used_bytes), MAX(m.as_of)
  FROM line_month m
 WHERE m.customer_id BETWEEN ? AND ?
 GROUP BY m.customer_id, m.month
