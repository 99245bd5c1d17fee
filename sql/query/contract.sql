-- contract.sql: the states of lines, as the worker changes them: set by set. Lines come as
-- [{"id":1,"item":7,"from":"active"}, ...], by id.

-- Parameters: lines, the new state (three times), the day (twice).
-- name: contract_set_states  rows: none  role: write  scope: worker
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id')) s
       STRAIGHT_JOIN line l ON l.id = s.id
   SET l.state = ?, l.version = l.version + 1,
       l.activated_on = IF(? = 'active' AND l.activated_on IS NULL, ?, l.activated_on),
       l.terminated_on = IF(? = 'terminated', ?, l.terminated_on)

-- name: contract_add_events  rows: none  role: write  scope: worker
INSERT INTO line_event (line_id, customer_id, at, kind, from_text, to_text, actor_kind, actor_id, actor_name, item_id)
SELECT l.id, l.customer_id, ?, 'state', s.state_before, ?, ?, ?, ?, NULLIF(s.item, 0)
  FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id', item BIGINT UNSIGNED PATH '$.item',
                                     state_before VARCHAR(12) PATH '$.from')) s
  STRAIGHT_JOIN line l ON l.id = s.id

-- How many go from one state to another, customer by customer. Parameters: lines, the new state (six times).
-- name: contract_move_counts  rows: none  role: write  scope: worker
UPDATE (SELECT l.customer_id, SUM(s.state_before = 'inactive') AS inactive, SUM(s.state_before = 'active') AS active,
               SUM(s.state_before = 'suspended') AS suspended, SUM(s.state_before = 'reissuing') AS reissuing,
               SUM(s.state_before = 'terminated') AS ended, SUM(s.state_before = 'failed') AS failed, COUNT(*) AS n
          FROM JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id',
                                             state_before VARCHAR(12) PATH '$.from')) s
          STRAIGHT_JOIN line l ON l.id = s.id
         GROUP BY l.customer_id
         ORDER BY l.customer_id) k
       STRAIGHT_JOIN customer_count n ON n.customer_id = k.customer_id
   SET n.inactive = n.inactive + k.n * (? = 'inactive') - k.inactive,
       n.active = n.active + k.n * (? = 'active') - k.active,
       n.suspended = n.suspended + k.n * (? = 'suspended') - k.suspended,
       n.reissuing = n.reissuing + k.n * (? = 'reissuing') - k.reissuing,
       n.`terminated` = n.`terminated` + k.n * (? = 'terminated') - k.ended,
       n.failed = n.failed + k.n * (? = 'failed') - k.failed

-- What ends with a contract: plan, project, options. Parameters: day, lines.
-- name: contract_end_{what}  rows: none  role: write  scope: worker
-- each: what      table
--       plans     line_plan
--       projects  line_project
--       options   line_option
UPDATE JSON_TABLE(?, '$[*]' COLUMNS (id BIGINT UNSIGNED PATH '$.id')) s
       STRAIGHT_JOIN {table} x ON x.line_id = s.id AND x.to_on IS NULL
   SET x.to_on = ?
