-- audit.sql: who did what, and the chain that shows whether rows were changed since.

-- name: audit_add  rows: none  role: write  scope: journal
INSERT INTO audit (customer_id, at, actor_kind, actor_id, actor_name, address, request_id, action, object, detail)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: audit_list_unsealed  rows: many  role: write  scope: worker
SELECT id, customer_id, at, actor_kind, actor_id, actor_name, address, request_id, action, object, detail
  FROM audit FORCE INDEX (audit_unsealed)
 WHERE sealed IS NULL
 ORDER BY id
 LIMIT ?
   FOR UPDATE SKIP LOCKED

-- The head, locked, and the newest position that a row has: nobody else gives positions meanwhile.
-- name: audit_head_lock  rows: one  role: write  scope: worker
SELECT sealed, mac, (SELECT MAX(a.sealed) FROM audit a WHERE a.customer_id = h.customer_id)
  FROM audit_head h
 WHERE h.customer_id = ?
   FOR UPDATE

-- name: audit_head_begin  rows: none  role: write  scope: worker
INSERT INTO audit_head (customer_id, sealed, mac) VALUES (?, 0, ?)
    ON DUPLICATE KEY UPDATE customer_id = audit_head.customer_id

-- name: audit_head_set  rows: none  role: write  scope: worker
UPDATE audit_head SET sealed = ?, mac = ? WHERE customer_id = ?

-- The seals of a whole batch: [{"id":1,"sealed":7,"mac":"<hex>"}, ...]
-- name: audit_set_seals  rows: none  role: write  scope: worker
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', sealed BIGINT UNSIGNED PATH '$.sealed',
                                     mac CHAR(64) PATH '$.mac')) s
       STRAIGHT_JOIN audit ON audit.id = s.id
   SET audit.sealed = s.sealed, audit.mac = UNHEX(s.mac)
 WHERE audit.sealed IS NULL

-- name: audit_list_heads  rows: many  role: read  scope: worker
SELECT customer_id, sealed, mac FROM audit_head WHERE customer_id >= ? ORDER BY customer_id LIMIT ?

-- The head beside the newest row, both of one moment. The second parameter is the customer again.
-- name: audit_head_get  rows: one  role: read  scope: customer
SELECT h.sealed, h.mac, n.sealed
  FROM (SELECT MAX(sealed) AS sealed FROM audit WHERE customer_id = ?) n
  LEFT JOIN audit_head h ON h.customer_id = ?

-- name: audit_list_sealed  rows: many  role: read  scope: customer
SELECT id, customer_id, at, actor_kind, actor_id, actor_name, address, request_id, action, object, detail, sealed, mac
  FROM audit
 WHERE customer_id = ? AND sealed > ? AND sealed <= ?
 ORDER BY sealed
 LIMIT ?
