-- customer.sql: customers and their projects, as the operator adds and lists them.

-- What is searched can be many times as long as the name.
-- name: customer_add  rows: none  role: write  scope: operator
INSERT INTO customer (code, name, name_search, created_at) VALUES (?, ?, LEFT(?, 600), ?)

-- name: customer_count_add  rows: none  role: write  scope: operator
INSERT INTO customer_count (customer_id) VALUES (?)

-- name: customer_by_code  rows: one  role: read  scope: operator
SELECT c.id, c.code, c.name, c.created_at, n.inactive + n.active + n.suspended + n.reissuing + n.failed, n.`terminated`
  FROM customer c JOIN customer_count n ON n.customer_id = c.id
 WHERE c.code = ?

-- name: customer_list  rows: many  role: read  scope: operator
SELECT c.id, c.code, c.name, c.created_at, n.inactive + n.active + n.suspended + n.reissuing + n.failed, n.`terminated`
  FROM customer c JOIN customer_count n ON n.customer_id = c.id
 ORDER BY c.code

-- name: project_add  rows: none  role: write  scope: operator
INSERT INTO project (customer_id, name, created_at) VALUES (?, ?, ?)

-- name: project_by_name  rows: one  role: read  scope: operator
SELECT id FROM project WHERE customer_id = ? AND name = ?

-- name: project_list_all  rows: many  role: read  scope: operator
SELECT p.id, c.code, p.name, p.created_at
  FROM project p JOIN customer c ON c.id = p.customer_id
 WHERE (? IS NULL OR c.code = ?)
 ORDER BY c.code, p.id
