-- request.sql: requests: making, listing, changing, cancelling them. What the worker does with them is in
-- request_work.sql. Order of locks everywhere: lines by id, items by id, requests by id, counts of customers.

-- name: request_add  rows: none  role: write  scope: journal
INSERT INTO request (customer_id, kind, status, account_id, account_name, draft_id, service_id, fields, received_at,
                     received_on, effective_on, effective_at, items, open_items, yen, tax_yen, tax_percent)
VALUES (?, ?, 'pending', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? / 100)

-- The lines of the draft that fit. Parameters: request, moment (twice), yen, draft, customer.
-- name: request_add_items  rows: none  role: write  scope: customer
INSERT INTO request_item (request_id, customer_id, line_id, result, effective_at, due_at, plan_id, yen)
SELECT ?, d.customer_id, l.id, 'pending', ?, ?, l.plan_id, ?
  FROM draft d
  STRAIGHT_JOIN draft_line x ON x.draft_id = d.id
  STRAIGHT_JOIN line l ON l.id = x.line_id
 WHERE d.id = ? AND d.customer_id = ?
 ORDER BY x.line_id

-- name: request_remove_items  rows: none  role: write  scope: customer
DELETE FROM request_item WHERE customer_id = ? AND request_id = ?

-- name: request_count_add  rows: none  role: write  scope: journal
INSERT INTO customer_request_count (customer_id, pending) VALUES (?, 1)
    ON DUPLICATE KEY UPDATE pending = pending + 1

-- One of `from` becomes one of `to`.
-- name: request_count_move  rows: none  role: write  scope: customer
UPDATE customer_request_count
   SET pending = pending - (? = 'pending') + (? = 'pending'),
       processing = processing - (? = 'processing') + (? = 'processing'),
       completed = completed - (? = 'completed') + (? = 'completed'),
       failed = failed - (? = 'failed') + (? = 'failed'),
       cancelled = cancelled - (? = 'cancelled') + (? = 'cancelled')
 WHERE customer_id = ?

-- name: request_counts_all  rows: one  role: read  scope: account
SELECT SUM(n.pending), SUM(n.processing), SUM(n.completed), SUM(n.failed), SUM(n.cancelled)
  FROM account_customer ac
  JOIN customer_request_count n ON n.customer_id = ac.customer_id
 WHERE ac.account_id = ?

-- The start page: the kept counts, and what is due next.
-- name: request_overview  rows: many  role: read  scope: customer
SELECT n.pending, n.processing, n.completed, n.failed, n.cancelled, NULL AS number, NULL AS kind, NULL AS status,
       NULL AS effective_on, NULL AS items, NULL AS code, NULL AS name
  FROM customer_request_count n
 WHERE n.customer_id = ?
UNION ALL
(SELECT 0, 0, 0, 0, 0, r.number, r.kind, r.status, r.effective_on, r.items, NULL, NULL
   FROM request r FORCE INDEX (request_open)
  WHERE r.customer_id = ? AND r.open = 1
  ORDER BY r.effective_on, r.id
  LIMIT ?)

-- Open requests of all customers of an account: of few, customer by customer; of many, day by day.
-- part: request_open_few
account_customer ac
          STRAIGHT_JOIN request x FORCE INDEX (request_open) ON x.customer_id = ac.customer_id
-- part: request_open_many
request x FORCE INDEX (request_open_day)
          STRAIGHT_JOIN account_customer ac FORCE INDEX (PRIMARY) ON ac.customer_id = x.customer_id

-- name: request_overview_everywhere_{way}  rows: many  role: read  scope: account
-- each: way
--       few
--       many
SELECT SUM(n.pending), SUM(n.processing), SUM(n.completed), SUM(n.failed), SUM(n.cancelled), NULL AS number,
       NULL AS kind, NULL AS status, NULL AS effective_on, NULL AS items, NULL AS code, NULL AS name
  FROM account_customer ac
  JOIN customer_request_count n ON n.customer_id = ac.customer_id
 WHERE ac.account_id = ?
UNION ALL
(SELECT 0, 0, 0, 0, 0, r.number, r.kind, r.status, r.effective_on, r.items, c.code, c.name
   FROM (SELECT x.id, x.effective_on
           FROM {request_open_{way}}
          WHERE ac.account_id = ? AND x.open = 1
          ORDER BY x.effective_on, x.id
          LIMIT ?) k
   STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = k.id
   STRAIGHT_JOIN customer c FORCE INDEX (PRIMARY) ON c.id = r.customer_id
  ORDER BY k.effective_on, k.id)

-- The last statements before COMMIT: draw the number, which stays locked until then.
-- name: request_draw  rows: none  role: write  scope: journal
INSERT INTO request_counter (customer_id, letters, year, last) VALUES (?, ?, ?, 1)
    ON DUPLICATE KEY UPDATE last = last + 1

-- name: request_drawn  rows: one  role: write  scope: customer
SELECT last FROM request_counter WHERE customer_id = ? AND letters = ? AND year = ? FOR UPDATE

-- name: request_set_number  rows: none  role: write  scope: customer
UPDATE request SET number = ? WHERE id = ? AND customer_id = ?

-- name: customer_code  rows: one  role: read  scope: account
SELECT c.code
  FROM account_customer ac
  JOIN customer c ON c.id = ac.customer_id
 WHERE ac.account_id = ? AND ac.customer_id = ?

-- name: request_event_add  rows: none  role: write  scope: journal
INSERT INTO request_event (request_id, at, kind, detail, actor_kind, actor_id, actor_name) VALUES (?, ?, ?, ?, ?, ?, ?)

-- name: request_events  rows: many  role: read  scope: account
SELECT e.at, e.kind, e.detail, e.actor_kind, e.actor_name
  FROM request r
  JOIN account_customer ac ON ac.customer_id = r.customer_id AND ac.account_id = ?
  JOIN request_event e ON e.request_id = r.id
 WHERE r.id = ?
 ORDER BY e.id DESC
 LIMIT 100

-- part: request_columns
SELECT r.id, r.customer_id, r.number, r.kind, r.status, r.account_id, r.account_name, r.fields, r.received_at,
       r.effective_on, r.effective_at, r.executed_on, r.cancelled_on, r.items, r.open_items, r.done_items,
       r.failed_items, r.left_items, r.yen, r.tax_yen, CAST(r.tax_percent * 100 AS UNSIGNED), r.version, c.code, c.name,
       IF(? = 'en', s.name_en, s.name_ja)

-- part: request_joins
  STRAIGHT_JOIN customer c FORCE INDEX (PRIMARY) ON c.id = r.customer_id
  LEFT JOIN service s FORCE INDEX (PRIMARY) ON s.id = r.service_id

-- Of the customer looked at (NULL: of any of the account's).
-- name: request_get  rows: one  role: read  scope: account
{request_columns}
  FROM request r
  STRAIGHT_JOIN account_customer ac ON ac.customer_id = r.customer_id AND ac.account_id = ?
{request_joins}
 WHERE r.number = ? AND (? IS NULL OR r.customer_id = ?)

-- name: request_number_of  rows: one  role: read  scope: customer
SELECT number FROM request WHERE id = ? AND customer_id = ?

-- part: request_filters
           AND (? IS NULL OR r.status = ?)
           AND (? IS NULL OR r.kind = ?)
           AND (? IS NULL OR r.service_id = ?)
           AND (? IS NULL OR r.account_name LIKE ?)
           AND (? IS NULL OR r.number LIKE ?)
           AND (? IS NULL OR r.received_on >= ?)
           AND (? IS NULL OR r.received_on <= ?)

-- Where a list begins: an index; or the lines whose number has a part, which are looked for once, not request by request.
-- part: request_from_all
request r FORCE INDEX (request_customer)
-- part: request_from_status
request r FORCE INDEX (request_status)
-- part: request_from_number
request r FORCE INDEX (request_customer_number)
-- part: request_of_lines
STRAIGHT_JOIN request_item i FORCE INDEX (request_item_line) ON i.line_id = l.id
-- part: request_of_serial
SELECT i.request_id
                  FROM line l FORCE INDEX (line_customer_serial)
                  {request_of_lines}
                 WHERE l.customer_id = ? AND l.serial LIKE ?
-- part: request_from_phone
(SELECT DISTINCT i.request_id
                  FROM line l FORCE INDEX (line_customer_phone)
                  {request_of_lines}
                 WHERE l.customer_id = ? AND l.phone LIKE ?) h
          STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = h.request_id AND (? IS NULL OR r.id IN ({request_of_serial}))
-- part: request_from_serial
({request_of_serial} GROUP BY i.request_id) h
          STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = h.request_id

-- Those of lines whose number has a part, of all customers of an account.
-- part: request_filter_lines_everywhere
           AND (? IS NULL OR r.id IN (SELECT i.request_id
                                        FROM account_customer lc
                                        STRAIGHT_JOIN line l FORCE INDEX (line_customer_phone) ON l.customer_id = lc.customer_id
                                        STRAIGHT_JOIN request_item i FORCE INDEX (request_item_line) ON i.line_id = l.id
                                       WHERE lc.account_id = ? AND l.phone LIKE ?))
           AND (? IS NULL OR r.id IN (SELECT i.request_id
                                        FROM account_customer lc
                                        STRAIGHT_JOIN line l FORCE INDEX (line_customer_serial) ON l.customer_id = lc.customer_id
                                        STRAIGHT_JOIN request_item i FORCE INDEX (request_item_line) ON i.line_id = l.id
                                       WHERE lc.account_id = ? AND l.serial LIKE ?))

-- Newest first. A page that begins with a key (before an id, or after one going back) or at the beginning: the rows in
-- the order of an index, and no more than are shown.
-- name: request_page_{way}_{dir}  rows: many  role: read  scope: customer
-- each: way
--       all
--       status
-- each: dir   order  beyond
--       desc  DESC   <
--       asc   ASC    >
{request_columns}
  FROM {request_from_{way}}
{request_joins}
 WHERE r.customer_id = ?
   AND (? IS NULL OR r.id {beyond} ?)
{request_filters}
 ORDER BY r.id {order}
 LIMIT ?

-- Far behind, without conditions but the status: from the index alone.
-- name: request_jump_{way}  rows: many  role: read  scope: customer
-- each: way     index             condition
--       all     request_customer  x.customer_id = ?
--       status  request_status    x.customer_id = ? AND x.status = ?
{request_columns}
  FROM (SELECT x.id
          FROM request x FORCE INDEX ({index})
         WHERE {condition}
         ORDER BY x.id DESC
         LIMIT ? OFFSET ?) k
  STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = k.id
{request_joins}
 ORDER BY k.id DESC

-- With conditions, from an offset; where all that is found is read anyway, it is counted.
-- name: request_list_{way}  rows: many  role: read  scope: customer
-- each: way     hits
--       all     0
--       status  0
--       number  COUNT(*) OVER ()
--       phone   COUNT(*) OVER ()
--       serial  COUNT(*) OVER ()
{request_columns}, k.hits
  FROM (SELECT r.id, {hits} AS hits
          FROM {request_from_{way}}
         WHERE r.customer_id = ?
           AND (? IS NULL OR r.id < ?)
{request_filters}
         ORDER BY r.id DESC
         LIMIT ? OFFSET ?) k
  STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = k.id
{request_joins}
 ORDER BY k.id DESC

-- Of all customers of an account: as they come, or, of a few customers, gathered and then sorted.
-- part: request_as_they_come
request r
          STRAIGHT_JOIN account_customer ac ON ac.customer_id = r.customer_id
-- part: request_as_gathered
account_customer ac
          STRAIGHT_JOIN request r FORCE INDEX (request_customer) ON r.customer_id = ac.customer_id

-- name: request_list_everywhere_{way}_{dir}  rows: many  role: read  scope: account
-- each: way
--       they_come
--       gathered
-- each: dir   order  beyond
--       desc  DESC   <
--       asc   ASC    >
{request_columns}
  FROM (SELECT r.id
          FROM {request_as_{way}}
         WHERE ac.account_id = ? AND r.id > 0
           AND (? IS NULL OR r.id {beyond} ?)
           AND (? IS NULL OR r.customer_id = ?)
{request_filters}
{request_filter_lines_everywhere}
         ORDER BY r.id {order}
         LIMIT ? OFFSET ?) k
  STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = k.id
{request_joins}
 ORDER BY r.id {order}

-- Files: chunk after chunk, newest first; as pages where an index has the order.
-- name: request_csv_{way}  rows: many  role: read  scope: customer
-- each: way
--       number
--       phone
--       serial
{request_columns}
  FROM {request_from_{way}}
{request_joins}
 WHERE r.customer_id = ?
   AND (? IS NULL OR r.id < ?)
{request_filters}
 ORDER BY r.id DESC
 LIMIT ?

-- name: request_csv_everywhere  rows: many  role: read  scope: account
{request_columns}
  FROM request r FORCE INDEX (PRIMARY)
  STRAIGHT_JOIN account_customer ac FORCE INDEX (PRIMARY) ON ac.customer_id = r.customer_id AND ac.account_id = ?
{request_joins}
 WHERE r.id > 0
   AND (? IS NULL OR r.id < ?)
   AND (? IS NULL OR r.customer_id = ?)
{request_filters}
{request_filter_lines_everywhere}
 ORDER BY r.id DESC
 LIMIT ?

-- name: request_count_{way}  rows: one  role: read  scope: customer
-- each: way
--       all
--       status
--       number
--       phone
--       serial
SELECT COUNT(*)
  FROM {request_from_{way}}
 WHERE r.customer_id = ?
{request_filters}

-- name: request_count_everywhere_{way}  rows: one  role: read  scope: account
-- each: way
--       all
--       status
--       number
SELECT COUNT(*)
  FROM account_customer ac
  STRAIGHT_JOIN {request_from_{way}} ON r.customer_id = ac.customer_id
 WHERE ac.account_id = ?
   AND (? IS NULL OR r.customer_id = ?)
{request_filters}
{request_filter_lines_everywhere}

-- Of many customers all requests are faster read than those of each.
-- name: request_count_everywhere_scan  rows: one  role: read  scope: account
SELECT COUNT(*)
  FROM request r FORCE INDEX (PRIMARY)
  STRAIGHT_JOIN account_customer ac FORCE INDEX (PRIMARY) ON ac.customer_id = r.customer_id
 WHERE ac.account_id = ?
   AND (? IS NULL OR r.customer_id = ?)
{request_filters}
{request_filter_lines_everywhere}

-- Of all customers of an account, by a part of a line's number: from the index that holds it. Whose line it is and whose
-- request must both be the account's.
-- part: request_of_hits
account_customer ac
          STRAIGHT_JOIN line l FORCE INDEX ({index}) ON l.customer_id = ac.customer_id
          {request_of_lines}
          STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = i.request_id AND r.customer_id = ac.customer_id

-- name: request_count_hits_{by}  rows: one  role: read  scope: account
-- each: by      index                 key
--       phone   line_customer_phone   l.phone
--       serial  line_customer_serial  l.serial
SELECT COUNT(DISTINCT r.id)
  FROM {request_of_hits}
 WHERE ac.account_id = ?
   AND (? IS NULL OR r.customer_id = ?)
{request_filters}
{request_filter_lines_everywhere}
   AND {key} LIKE ?

-- name: request_list_hits_{by}_{dir}  rows: many  role: read  scope: account
-- each: by      index                 key
--       phone   line_customer_phone   l.phone
--       serial  line_customer_serial  l.serial
-- each: dir   order  beyond
--       desc  DESC   <
--       asc   ASC    >
{request_columns}
  FROM (SELECT DISTINCT r.id
          FROM {request_of_hits}
         WHERE ac.account_id = ?
           AND (? IS NULL OR r.id {beyond} ?)
           AND (? IS NULL OR r.customer_id = ?)
{request_filters}
{request_filter_lines_everywhere}
           AND {key} LIKE ?
         ORDER BY r.id {order}
         LIMIT ? OFFSET ?) k
  STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = k.id
{request_joins}
 ORDER BY r.id {order}

-- The schedule of a month: each day that has open requests, how many, and its first three.
-- part: schedule_nth
(SELECT x.id
   FROM request x FORCE INDEX (request_open)
  WHERE x.customer_id = ? AND x.open = 1 AND x.effective_on = g.day
  ORDER BY x.id

-- name: schedule_days  rows: many  role: read  scope: customer
SELECT d.n, r.number, r.kind, r.status, d.day, r.items, NULL AS code, NULL AS name
  FROM (SELECT g.day, g.n,
               {schedule_nth} LIMIT 1 OFFSET 0) AS a,
               {schedule_nth} LIMIT 1 OFFSET 1) AS b,
               {schedule_nth} LIMIT 1 OFFSET 2) AS c
          FROM (SELECT y.effective_on AS day, COUNT(*) AS n
                  FROM request y FORCE INDEX (request_open)
                 WHERE y.customer_id = ? AND y.open = 1 AND y.effective_on BETWEEN ? AND ?
                 GROUP BY y.effective_on) g
         LIMIT 31) d
  STRAIGHT_JOIN (SELECT 0 AS k UNION ALL SELECT 1 UNION ALL SELECT 2) i
  STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = CASE i.k WHEN 0 THEN d.a WHEN 1 THEN d.b ELSE d.c END
 ORDER BY d.day, r.id

-- Of all customers: only how many.
-- name: schedule_days_everywhere_{way}  rows: many  role: read  scope: account
-- each: way
--       few
--       many
SELECT COUNT(*), NULL AS number, NULL AS kind, NULL AS status, x.effective_on, NULL AS items, NULL AS code, NULL AS name
  FROM {request_open_{way}}
 WHERE ac.account_id = ? AND x.open = 1 AND x.effective_on BETWEEN ? AND ?
 GROUP BY x.effective_on
 ORDER BY x.effective_on

-- name: schedule_list  rows: many  role: read  scope: customer
{request_columns}
  FROM (SELECT r.id, r.effective_on
          FROM request r FORCE INDEX (request_open)
         WHERE r.customer_id = ? AND r.open = 1 AND r.effective_on BETWEEN ? AND ?
         ORDER BY r.effective_on, r.id
         LIMIT ? OFFSET ?) k
  STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = k.id
{request_joins}
 ORDER BY k.effective_on, k.id

-- name: schedule_list_everywhere_{way}  rows: many  role: read  scope: account
-- each: way
--       few
--       many
{request_columns}
  FROM (SELECT x.id, x.effective_on
          FROM {request_open_{way}}
         WHERE ac.account_id = ? AND x.open = 1 AND x.effective_on BETWEEN ? AND ?
         ORDER BY x.effective_on, x.id
         LIMIT ? OFFSET ?) k
  STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = k.id
{request_joins}
 ORDER BY k.effective_on, k.id

-- The open requests of the line that has the number.
-- name: schedule_of_line  rows: many  role: read  scope: account
{request_columns}
  FROM line l FORCE INDEX (line_live_phone)
  STRAIGHT_JOIN account_customer ac FORCE INDEX (PRIMARY) ON ac.customer_id = l.customer_id AND ac.account_id = ?
  STRAIGHT_JOIN request_item i FORCE INDEX (request_item_line) ON i.line_id = l.id AND i.open = 1
  STRAIGHT_JOIN request r FORCE INDEX (PRIMARY) ON r.id = i.request_id
{request_joins}
 WHERE l.live_phone = ? AND (? IS NULL OR l.customer_id = ?) AND r.effective_on BETWEEN ? AND ?
 ORDER BY r.effective_on, r.id
 LIMIT ?

-- A page of a request's lines; only those with the result, or all (NULL).
-- name: request_list_items  rows: many  role: read  scope: account
SELECT l.id, l.phone, l.serial, IF(? = 'en', p.name_en, p.name_ja), l.size, IF(? = 'en', o.name_en, o.name_ja),
       k.result, k.code, k.text, k.finished_at, k.yen, l.state
  FROM (SELECT i.id, i.line_id, i.plan_id, i.result, i.code, i.text, i.finished_at, i.yen
          FROM request r
          STRAIGHT_JOIN account_customer ac ON ac.customer_id = r.customer_id AND ac.account_id = ?
          STRAIGHT_JOIN request_item i ON i.request_id = r.id
         WHERE r.id = ? AND (? IS NULL OR i.result = ?)
         ORDER BY i.id
         LIMIT ? OFFSET ?) k
  STRAIGHT_JOIN line l ON l.id = k.line_id
  STRAIGHT_JOIN plan p ON p.id = k.plan_id
  STRAIGHT_JOIN option_set o ON o.id = l.option_set_id
 ORDER BY k.id

-- The same for files: those behind an item, with one of the results ('failed,left'), or all (NULL).
-- name: request_csv_items  rows: many  role: read  scope: account
SELECT l.id, l.phone, l.serial, IF(? = 'en', p.name_en, p.name_ja), l.size, IF(? = 'en', o.name_en, o.name_ja),
       i.result, i.code, i.text, i.finished_at, i.yen, l.state, i.id
  FROM request r
  STRAIGHT_JOIN account_customer ac FORCE INDEX (PRIMARY) ON ac.customer_id = r.customer_id AND ac.account_id = ?
  STRAIGHT_JOIN request_item i FORCE INDEX (request_item_request) ON i.request_id = r.id
  STRAIGHT_JOIN line l FORCE INDEX (PRIMARY) ON l.id = i.line_id
  STRAIGHT_JOIN plan p FORCE INDEX (PRIMARY) ON p.id = i.plan_id
  STRAIGHT_JOIN option_set o FORCE INDEX (PRIMARY) ON o.id = l.option_set_id
 WHERE r.id = ? AND i.id > ? AND (? IS NULL OR FIND_IN_SET(i.result, ?))
 ORDER BY i.id
 LIMIT ?

-- Lines and items of a request, locked in the order of ids: before it is changed or cancelled.
-- name: request_lock_lines  rows: many  role: write  scope: customer
SELECT l.id, l.state, i.id, i.result
  FROM request_item i
  STRAIGHT_JOIN line l ON l.id = i.line_id
 WHERE i.customer_id = ? AND i.request_id = ?
 ORDER BY i.line_id
   FOR UPDATE

-- name: request_lock  rows: one  role: write  scope: customer
SELECT id, kind, status, received_on, effective_on, version, number, fields
  FROM request
 WHERE id = ? AND customer_id = ?
   FOR UPDATE

-- The open items of the lines of a request, its own among them.
-- name: request_read_steps  rows: many  role: read  scope: customer
SELECT i.line_id, i.id, i.request_id, r.kind, i.effective_at, i.result = 'running'
  FROM request_item x
  STRAIGHT_JOIN request_item i FORCE INDEX (request_item_line) ON i.line_id = x.line_id AND i.open = 1
  STRAIGHT_JOIN request r ON r.id = i.request_id
 WHERE x.customer_id = ? AND x.request_id = ?
 ORDER BY x.line_id

-- name: request_cancel_items  rows: none  role: write  scope: customer
UPDATE request_item SET result = 'cancelled', finished_at = ?
 WHERE customer_id = ? AND request_id = ? AND result = 'pending'

-- name: request_set_cancelled  rows: none  role: write  scope: customer
UPDATE request SET status = 'cancelled', open_items = 0, cancelled_on = ?, version = version + 1
 WHERE id = ? AND customer_id = ? AND status = 'pending'

-- Parameters: what was entered anew, date and moment, lines (twice), prices, the request.
-- name: request_set_content  rows: none  role: write  scope: customer
UPDATE request
   SET fields = ?, service_id = ?, effective_on = ?, effective_at = ?, items = ?, open_items = ?, yen = ?, tax_yen = ?,
       tax_percent = ? / 100, version = version + 1
 WHERE id = ? AND customer_id = ? AND status = 'pending'

-- What a tax is on a day, in hundredths of a percent.
-- name: tax_percent  rows: one  role: read  scope: catalogue
SELECT CAST(percent * 100 AS UNSIGNED) FROM tax_rate WHERE valid_from <= ? ORDER BY valid_from DESC LIMIT 1

-- name: recharge_prices  rows: many  role: read  scope: catalogue
SELECT p.bytes, p.yen
  FROM recharge_price p
 WHERE p.valid_from = (SELECT MAX(x.valid_from) FROM recharge_price x WHERE x.bytes = p.bytes AND x.valid_from <= ?)
   AND p.yen IS NOT NULL
 ORDER BY p.bytes

-- Whose request it is.
-- part: request_parties
SELECT r.account_id, a.name, c.id, c.code, c.name
  FROM request r
  JOIN account a ON a.id = r.account_id
  JOIN customer c ON c.id = r.customer_id
 WHERE r.customer_id = ? AND r.number = ?

-- name: request_parties  rows: one  role: read  scope: customer
{request_parties}

-- name: request_parties_of  rows: one  role: read  scope: worker
{request_parties}

-- Who hears of a request: its account, if that has an address, else the administrators at its home customer.
-- part: request_addressees
SELECT b.email, b.language, b.id = a.id
  FROM account a
  JOIN account b ON b.id = a.id
                 OR (b.home_customer_id = a.home_customer_id AND b.disabled_at IS NULL
                     AND EXISTS (SELECT 1 FROM account_customer ac
                                  WHERE ac.account_id = b.id AND ac.customer_id = a.home_customer_id
                                    AND ac.role = 'administrator'))
 WHERE a.id = ? AND b.email IS NOT NULL
 ORDER BY b.id <> a.id, b.id
 LIMIT 20

-- name: request_addressees  rows: many  role: read  scope: account
{request_addressees}

-- name: request_addressees_of  rows: many  role: read  scope: worker
{request_addressees}
