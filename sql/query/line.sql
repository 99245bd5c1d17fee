-- line.sql: SIMs: lists in every order, one of them with all that is known, and what may be changed at once.
--
-- A list takes its page of ids from an index in the order shown, then joins the rows of that page alone. Its
-- conditions are all optional; a NULL leaves one out, and the optimiser sees that at each execution.

-- part: line_filters
           AND (? IS NULL OR l.service_id = ?)
           AND (? IS NULL OR l.plan_id = ?)
           AND (? IS NULL OR l.state = ?)
           AND (? IS NULL OR FIND_IN_SET(l.state, ?))
           AND (? IS NULL OR IFNULL(l.share_group_id, 0) = ?)
           AND (? IS NULL OR l.throttled = ?)
           AND (? IS NULL OR l.label_search LIKE ?)

-- The number that was not looked for by its index.
-- part: line_filter_serial
           AND (? IS NULL OR l.serial LIKE ?
                OR l.id IN (SELECT f.line_id FROM card f WHERE f.former_of = l.customer_id AND f.serial LIKE ?))

-- part: line_filter_phone
           AND (? IS NULL OR l.phone LIKE ?)

-- Lines whose number has a part, from the index that holds the numbers and nothing else. A card's serial number
-- finds its line also when the line has another card now.
-- part: line_hits_phone
SELECT x.id
                  FROM line x FORCE INDEX (line_customer_phone)
                 WHERE x.customer_id = ? AND x.phone LIKE ?

-- part: line_hits_serial
SELECT x.id
                  FROM line x FORCE INDEX (line_customer_serial)
                 WHERE x.customer_id = ? AND x.serial LIKE ?
                UNION
                SELECT f.line_id
                  FROM card f FORCE INDEX (card_former)
                 WHERE f.former_of = ? AND f.serial LIKE ?

-- What plans and options are called is kept (catalogue_names): joined, they would take a quarter of a list's time.
-- part: line_list_columns
SELECT l.id, l.customer_id, l.serial, l.phone, l.state, l.throttled, l.label, l.plan_id, l.option_set_id,
       m.capacity_bytes, m.used_bytes, m.remaining_bytes, m.as_of

-- part: line_list_joins
  STRAIGHT_JOIN line l ON l.id = k.id
  LEFT JOIN line_month m ON m.month = ? AND m.line_id = l.id

-- A file has everything. What plans, options and services are called is kept (catalogue_names), and each table is met
-- by its key, row after row: without FORCE INDEX the small ones are gathered in join buffers, and then sorted again.
-- part: line_csv_columns
SELECT l.id, l.customer_id, l.serial, l.phone, l.state, l.throttled, l.label, l.plan_id, l.option_set_id,
       m.capacity_bytes, m.used_bytes, m.remaining_bytes, c.code, c.name, j.name, l.service_id, l.kind, l.size,
       d.iccid, l.activated_on, l.memo, g.name

-- part: line_csv_joins
  STRAIGHT_JOIN customer c FORCE INDEX (PRIMARY) ON c.id = l.customer_id
  STRAIGHT_JOIN project j FORCE INDEX (PRIMARY) ON j.id = l.project_id
  LEFT JOIN card d FORCE INDEX (card_serial) ON d.serial = l.serial
  LEFT JOIN share_group g FORCE INDEX (PRIMARY) ON g.id = l.share_group_id

-- part: line_csv_month
  LEFT JOIN line_month m FORCE INDEX (PRIMARY) ON m.month = ? AND m.line_id = l.id

-- A page that begins with a key or at the beginning: the rows in the order of an index, and no more than are shown.
-- name: line_page_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort    index                 key
--       serial  line_customer_serial  l.serial
--       phone   line_customer_phone   l.phone
--       state   line_customer_state   l.state
-- each: dir   order  beyond
--       asc   ASC    >
--       desc  DESC   <
{line_list_columns}
  FROM line l FORCE INDEX ({index})
  LEFT JOIN line_month m ON m.month = ? AND m.line_id = l.id
 WHERE l.customer_id = ?
           AND (? IS NULL OR {key} {beyond} ? OR ({key} = ? AND l.id {beyond} ?))
{line_filters}
 ORDER BY {key} {order}, l.id {order}
 LIMIT ?

-- name: line_page_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort       index                 key
--       used       line_month_used       used_bytes
--       remaining  line_month_remaining  remaining_bytes
-- each: dir   order  beyond
--       asc   ASC    >
--       desc  DESC   <
{line_list_columns}
  FROM line_month m FORCE INDEX ({index})
  STRAIGHT_JOIN line l ON l.id = m.line_id
 WHERE m.month = ? AND m.customer_id = ?
           AND (? IS NULL OR m.{key} {beyond} ? OR (m.{key} = ? AND m.line_id {beyond} ?))
{line_filters}
 ORDER BY m.{key} {order}, m.line_id {order}
 LIMIT ?

-- With conditions, from an offset: the ids in the order of an index.
-- name: line_list_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort    index                 key
--       serial  line_customer_serial  l.serial
--       phone   line_customer_phone   l.phone
--       state   line_customer_state   l.state
-- each: dir   order
--       asc   ASC
--       desc  DESC
{line_list_columns}
  FROM (SELECT l.id
          FROM line l FORCE INDEX ({index})
         WHERE l.customer_id = ?
{line_filters}
         ORDER BY {key} {order}, l.id {order}
         LIMIT ? OFFSET ?) k
{line_list_joins}
 ORDER BY {key} {order}, l.id {order}

-- name: line_list_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort       index                 key
--       used       line_month_used       used_bytes
--       remaining  line_month_remaining  remaining_bytes
-- each: dir   order
--       asc   ASC
--       desc  DESC
{line_list_columns}
  FROM (SELECT n.line_id AS id
          FROM line_month n FORCE INDEX ({index})
          STRAIGHT_JOIN line l ON l.id = n.line_id
         WHERE n.customer_id = ? AND n.month = ?
{line_filters}
         ORDER BY n.{key} {order}, n.line_id {order}
         LIMIT ? OFFSET ?) k
{line_list_joins}
 ORDER BY m.{key} {order}, l.id {order}

-- The same without conditions: from the index alone, so that a page far behind costs no rows.
-- name: line_jump_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort    index                 key
--       serial  line_customer_serial  serial
--       phone   line_customer_phone   phone
--       state   line_customer_state   state
-- each: dir   order
--       asc   ASC
--       desc  DESC
{line_list_columns}
  FROM (SELECT x.id
          FROM line x FORCE INDEX ({index})
         WHERE x.customer_id = ?
         ORDER BY x.{key} {order}, x.id {order}
         LIMIT ? OFFSET ?) k
{line_list_joins}
 ORDER BY l.{key} {order}, l.id {order}

-- name: line_jump_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort       index                 key
--       used       line_month_used       used_bytes
--       remaining  line_month_remaining  remaining_bytes
-- each: dir   order
--       asc   ASC
--       desc  DESC
{line_list_columns}
  FROM (SELECT n.line_id AS id
          FROM line_month n FORCE INDEX ({index})
         WHERE n.customer_id = ? AND n.month = ?
         ORDER BY n.{key} {order}, n.line_id {order}
         LIMIT ? OFFSET ?) k
{line_list_joins}
 ORDER BY m.{key} {order}, l.id {order}

-- In an order that no index has: all that match are sorted.
-- name: line_list_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort    key
--       plan    p.capacity_bytes
--       option  o.codes
-- each: dir   order
--       asc   ASC
--       desc  DESC
{line_list_columns}
  FROM (SELECT l.id, {key} AS sort_key
          FROM line l FORCE INDEX (line_customer_serial)
          STRAIGHT_JOIN plan p ON p.id = l.plan_id
          STRAIGHT_JOIN option_set o ON o.id = l.option_set_id
         WHERE l.customer_id = ?
{line_filters}
         ORDER BY {key} {order}, l.serial {order}, l.id {order}
         LIMIT ? OFFSET ?) k
{line_list_joins}
 ORDER BY k.sort_key {order}, l.serial {order}, l.id {order}

-- A part of a number is looked for: the hits are read, counted and sorted.
-- name: line_list_by_{by}_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: by      other
--       phone   serial
--       serial  phone
-- each: sort       key
--       serial     l.serial
--       phone      l.phone
--       state      l.state
--       used       IFNULL(n.used_bytes, 0)
--       remaining  IFNULL(n.remaining_bytes, p.capacity_bytes)
--       plan       p.capacity_bytes
--       option     o.codes
-- each: dir   order
--       asc   ASC
--       desc  DESC
{line_list_columns}, k.hits
  FROM (SELECT l.id, {key} AS sort_key, COUNT(*) OVER () AS hits
          FROM ({line_hits_{by}}) h
          STRAIGHT_JOIN line l ON l.id = h.id
          STRAIGHT_JOIN plan p ON p.id = l.plan_id
          STRAIGHT_JOIN option_set o ON o.id = l.option_set_id
          LEFT JOIN line_month n ON n.month = ? AND n.line_id = l.id
         WHERE l.customer_id = ?
{line_filter_{other}}
{line_filters}
         ORDER BY {key} {order}, l.id {order}
         LIMIT ? OFFSET ?) k
{line_list_joins}
 ORDER BY k.sort_key {order}, l.id {order}

-- Of all customers of an account, one after the other: from the first to the last of them in the index of the order.
-- part: line_all_bounds
           AND l.customer_id BETWEEN (SELECT MIN(b.customer_id) FROM account_customer b WHERE b.account_id = ?)
                                 AND (SELECT MAX(b.customer_id) FROM account_customer b WHERE b.account_id = ?)

-- part: line_all_cursor
           AND (? IS NULL OR l.customer_id {beyond} ?
                OR (l.customer_id = ? AND ({key} {beyond} ? OR ({key} = ? AND l.id {beyond} ?))))

-- part: line_all_conditions
           AND (? IS NULL OR l.customer_id = ?)
{line_filter_phone}
{line_filter_serial}
{line_filters}

-- Where few are found they are gathered, and then sorted: customer by customer, by a part of a number from the index
-- that holds it, or from all lines there are.
-- part: line_all_by_customer
account_customer ac
          STRAIGHT_JOIN line l FORCE INDEX (line_customer_serial) ON l.customer_id = ac.customer_id
-- part: line_all_by_phone
account_customer ac
          STRAIGHT_JOIN line l FORCE INDEX (line_customer_phone) ON l.customer_id = ac.customer_id
-- part: line_all_by_scan
line l FORCE INDEX (PRIMARY)
          STRAIGHT_JOIN account_customer ac FORCE INDEX (PRIMARY) ON ac.customer_id = l.customer_id
-- part: line_all_by_serial
(SELECT x.id
                  FROM account_customer y
                  STRAIGHT_JOIN line x FORCE INDEX (line_customer_serial) ON x.customer_id = y.customer_id
                 WHERE y.account_id = ? AND x.serial LIKE ?
                UNION
                SELECT f.line_id
                  FROM account_customer y
                  STRAIGHT_JOIN card f FORCE INDEX (card_former) ON f.former_of = y.customer_id
                 WHERE y.account_id = ? AND f.serial LIKE ?) h
          STRAIGHT_JOIN line l FORCE INDEX (PRIMARY) ON l.id = h.id
          STRAIGHT_JOIN account_customer ac FORCE INDEX (PRIMARY) ON ac.customer_id = l.customer_id

-- part: line_all_tail
         ORDER BY l.customer_id {order}, {key} {order}, l.id {order}
         LIMIT ? OFFSET ?) k
{line_list_joins}
  STRAIGHT_JOIN customer c FORCE INDEX (PRIMARY) ON c.id = l.customer_id
 ORDER BY l.customer_id {order}, {key} {order}, l.id {order}

-- In order. Without conditions the index alone is read, also past whole stretches of other accounts' lines.
-- part: line_all_where_plain
           AND l.id > 0
-- part: line_all_where_some
{line_all_conditions}

-- name: line_list_all_{kind}_{sort}_{dir}  rows: many  role: read  scope: account
-- each: kind
--       plain
--       some
-- each: sort    index                 key
--       serial  line_customer_serial  l.serial
--       phone   line_customer_phone   l.phone
--       state   line_customer_state   l.state
-- each: dir   order  beyond
--       asc   ASC    >
--       desc  DESC   <
{line_list_columns}, c.code, c.name
  FROM (SELECT l.id
          FROM line l FORCE INDEX ({index})
          STRAIGHT_JOIN account_customer ac FORCE INDEX (PRIMARY) ON ac.customer_id = l.customer_id
         WHERE ac.account_id = ?
{line_all_bounds}
{line_all_cursor}
{line_all_where_{kind}}
{line_all_tail}

-- name: line_list_all_by_{by}_{sort}_{dir}  rows: many  role: read  scope: account
-- each: by
--       customer
--       phone
--       serial
--       scan
-- each: sort    key
--       serial  l.serial
--       phone   l.phone
--       state   l.state
-- each: dir   order  beyond
--       asc   ASC    >
--       desc  DESC   <
{line_list_columns}, c.code, c.name
  FROM (SELECT l.id
          FROM {line_all_by_{by}}
         WHERE ac.account_id = ?
{line_all_cursor}
{line_all_conditions}
{line_all_tail}

-- Files, in the order of an index: the next rows after a key, as they come from it; nothing is gathered or sorted.
-- name: line_csv_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort    index                 key
--       serial  line_customer_serial  l.serial
--       phone   line_customer_phone   l.phone
--       state   line_customer_state   l.state
-- each: dir   order  beyond
--       asc   ASC    >
--       desc  DESC   <
{line_csv_columns}
  FROM line l FORCE INDEX ({index})
{line_csv_joins}
{line_csv_month}
 WHERE l.customer_id = ?
   AND (? IS NULL OR {key} {beyond} ? OR ({key} = ? AND l.id {beyond} ?))
{line_filters}
 ORDER BY {key} {order}, l.id {order}
 LIMIT ?

-- name: line_csv_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort       index                 key
--       used       line_month_used       m.used_bytes
--       remaining  line_month_remaining  m.remaining_bytes
-- each: dir   order  beyond
--       asc   ASC    >
--       desc  DESC   <
{line_csv_columns}
  FROM line_month m FORCE INDEX ({index})
  STRAIGHT_JOIN line l FORCE INDEX (PRIMARY) ON l.id = m.line_id
{line_csv_joins}
 WHERE m.customer_id = ? AND m.month = ?
   AND (? IS NULL OR {key} {beyond} ? OR ({key} = ? AND m.line_id {beyond} ?))
{line_filters}
 ORDER BY {key} {order}, m.line_id {order}
 LIMIT ?

-- name: line_csv_all_{sort}_{dir}  rows: many  role: read  scope: account
-- each: sort    index                 key
--       serial  line_customer_serial  l.serial
--       phone   line_customer_phone   l.phone
--       state   line_customer_state   l.state
-- each: dir   order  beyond
--       asc   ASC    >
--       desc  DESC   <
{line_csv_columns}
  FROM line l FORCE INDEX ({index})
  STRAIGHT_JOIN account_customer ac FORCE INDEX (PRIMARY) ON ac.customer_id = l.customer_id
{line_csv_joins}
{line_csv_month}
 WHERE ac.account_id = ?
{line_all_bounds}
{line_all_cursor}
{line_all_conditions}
 ORDER BY l.customer_id {order}, {key} {order}, l.id {order}
 LIMIT ?

-- Files in an order that no index has, or of the lines whose number has a part: their ids in that order, sorted once;
-- then the rows of some of them at a time.
-- name: line_ids_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: sort    key
--       plan    p.capacity_bytes
--       option  o.codes
-- each: dir   order
--       asc   ASC
--       desc  DESC
SELECT l.id
  FROM line l FORCE INDEX (line_customer_serial)
  STRAIGHT_JOIN plan p ON p.id = l.plan_id
  STRAIGHT_JOIN option_set o ON o.id = l.option_set_id
 WHERE l.customer_id = ?
{line_filters}
 ORDER BY {key} {order}, l.serial {order}, l.id {order}

-- name: line_ids_by_{by}_{sort}_{dir}  rows: many  role: read  scope: customer
-- each: by      other
--       phone   serial
--       serial  phone
-- each: sort       key
--       serial     l.serial
--       phone      l.phone
--       state      l.state
--       used       IFNULL(n.used_bytes, 0)
--       remaining  IFNULL(n.remaining_bytes, p.capacity_bytes)
--       plan       p.capacity_bytes
--       option     o.codes
-- each: dir   order
--       asc   ASC
--       desc  DESC
SELECT l.id
  FROM ({line_hits_{by}}) h
  STRAIGHT_JOIN line l ON l.id = h.id
  STRAIGHT_JOIN plan p ON p.id = l.plan_id
  STRAIGHT_JOIN option_set o ON o.id = l.option_set_id
  LEFT JOIN line_month n ON n.month = ? AND n.line_id = l.id
 WHERE l.customer_id = ?
{line_filter_{other}}
{line_filters}
 ORDER BY {key} {order}, l.id {order}

-- name: line_csv_of_ids  rows: many  role: read  scope: customer
{line_csv_columns}
  FROM JSON_TABLE(?, '$[*]' COLUMNS (n FOR ORDINALITY, id BIGINT UNSIGNED PATH '$')) k
  STRAIGHT_JOIN line l FORCE INDEX (PRIMARY) ON l.id = k.id
{line_csv_joins}
{line_csv_month}
 WHERE l.customer_id = ?
 ORDER BY k.n

-- What the conditions of a list may be chosen from, and how many lines match them, in one go. Where the kept counters
-- tell how many, there is no row 'count'.
-- part: line_choice_rows
SELECT 'service', s.id, IF(? = 'en', s.name_en, s.name_ja) FROM service s
UNION ALL
SELECT 'plan', p.id, IF(? = 'en', p.name_en, p.name_ja) FROM plan p
UNION ALL
SELECT 'group', g.id, g.name FROM share_group g WHERE g.customer_id = ? AND g.ended_on IS NULL

-- The groups alone: names of services and plans are kept (catalogue_names).
-- name: line_choices_groups  rows: many  role: read  scope: customer
SELECT 'group', g.id, g.name FROM share_group g WHERE g.customer_id = ? AND g.live_name IS NOT NULL

-- name: line_choices_by_order  rows: many  role: read  scope: customer
SELECT 'count', CAST(COUNT(*) AS UNSIGNED), ''
  FROM line l FORCE INDEX (line_customer_state)
 WHERE l.customer_id = ?
{line_filters}
UNION ALL
{line_choice_rows}

-- name: line_choices_by_{by}  rows: many  role: read  scope: customer
-- each: by      other
--       phone   serial
--       serial  phone
SELECT 'count', CAST(COUNT(*) AS UNSIGNED), ''
  FROM ({line_hits_{by}}) h
  STRAIGHT_JOIN line l ON l.id = h.id
 WHERE l.customer_id = ?
{line_filter_{other}}
{line_filters}
UNION ALL
{line_choice_rows}

-- The same without further conditions, from the index alone.
-- name: line_choices_hits_{by}  rows: many  role: read  scope: customer
-- each: by
--       phone
--       serial
SELECT 'count', CAST(COUNT(*) AS UNSIGNED), '' FROM ({line_hits_{by}}) h
UNION ALL
{line_choice_rows}

-- Of all customers: from the kept counters, by a state, 'throttled' or ''; or counted.
-- name: line_choices_all  rows: many  role: read  scope: account
SELECT 'count', CAST(IFNULL(SUM(CASE ? WHEN 'inactive' THEN n.inactive
                                       WHEN 'active' THEN n.active
                                       WHEN 'suspended' THEN n.suspended
                                       WHEN 'reissuing' THEN n.reissuing
                                       WHEN 'terminated' THEN n.`terminated`
                                       WHEN 'failed' THEN n.failed
                                       WHEN 'throttled' THEN n.throttled
                                       ELSE n.inactive + n.active + n.suspended + n.reissuing + n.`terminated`
                                            + n.failed END), 0) AS UNSIGNED), ''
  FROM account_customer ac
  JOIN customer_count n ON n.customer_id = ac.customer_id
 WHERE ac.account_id = ?
UNION ALL
{line_choice_rows}

-- name: line_choices_all_by_{by}  rows: many  role: read  scope: account
-- each: by
--       customer
--       phone
--       scan
SELECT 'count', CAST(COUNT(*) AS UNSIGNED), ''
          FROM {line_all_by_{by}}
         WHERE ac.account_id = ?
{line_all_conditions}
UNION ALL
{line_choice_rows}

-- Those that have the number now, and those that had it and have another that does not fit: nothing is gathered.
-- name: line_choices_all_by_serial  rows: many  role: read  scope: account
SELECT 'count', CAST((SELECT COUNT(*)
          FROM account_customer ac
          STRAIGHT_JOIN line l FORCE INDEX (line_customer_serial) ON l.customer_id = ac.customer_id
         WHERE ac.account_id = ? AND l.serial LIKE ?
           AND (? IS NULL OR l.customer_id = ?)
{line_filters})
     + (SELECT COUNT(DISTINCT l.id)
          FROM account_customer ac
          STRAIGHT_JOIN card f FORCE INDEX (card_former) ON f.former_of = ac.customer_id
          STRAIGHT_JOIN line l FORCE INDEX (PRIMARY) ON l.id = f.line_id
         WHERE ac.account_id = ? AND f.serial LIKE ? AND l.serial NOT LIKE ?
           AND (? IS NULL OR l.customer_id = ?)
{line_filters}) AS UNSIGNED), ''
UNION ALL
{line_choice_rows}

-- name: line_totals_all  rows: one  role: read  scope: account
SELECT SUM(n.inactive), SUM(n.active), SUM(n.suspended), SUM(n.reissuing), SUM(n.`terminated`), SUM(n.failed),
       SUM(n.throttled), SUM(m.capacity_bytes), SUM(m.used_bytes), MAX(m.as_of)
  FROM account_customer ac
  JOIN customer_count n ON n.customer_id = ac.customer_id
  LEFT JOIN customer_month m ON m.customer_id = ac.customer_id AND m.month = ?
 WHERE ac.account_id = ?

-- name: line_month_total  rows: one  role: read  scope: customer
SELECT capacity_bytes, used_bytes, as_of FROM customer_month WHERE customer_id = ? AND month = ?

-- One line of the customer looked at (NULL: of any of the account's).
-- name: line_get  rows: one  role: read  scope: account
SELECT l.id, l.customer_id, l.serial, l.phone, l.state, l.throttled, l.label,
       IF(? = 'en', p.name_en, p.name_ja), IF(? = 'en', o.name_en, o.name_ja),
       IFNULL(m.capacity_bytes, p.capacity_bytes), IFNULL(m.used_bytes, 0),
       IFNULL(m.remaining_bytes, p.capacity_bytes), m.as_of, c.code, c.name,
       j.name, IF(? = 'en', s.name_en, s.name_ja), l.kind, l.size, d.iccid, l.activated_on, l.memo, g.name,
       l.version, l.created_at, l.terminated_on, d.activation_code IS NOT NULL, l.share_group_id, l.is_protected
  FROM line l
  JOIN account_customer ac ON ac.customer_id = l.customer_id AND ac.account_id = ?
  JOIN plan p ON p.id = l.plan_id
  JOIN option_set o ON o.id = l.option_set_id
  JOIN customer c ON c.id = l.customer_id
  JOIN project j ON j.id = l.project_id
  JOIN service s ON s.id = l.service_id
  LEFT JOIN line_month m ON m.month = ? AND m.line_id = l.id
  LEFT JOIN card d ON d.serial = l.serial
  LEFT JOIN share_group g ON g.id = l.share_group_id
 WHERE l.id = ? AND (? IS NULL OR l.customer_id = ?)

-- What belongs to a line, in one go: recharges that are still good, earliest end first; its requests, the open ones
-- first, then the newest; cards and history, newest first.
-- part: line_of_account
  FROM line l
  JOIN account_customer ac ON ac.customer_id = l.customer_id AND ac.account_id = ?

-- name: line_belongings  rows: many  role: read  scope: account
(SELECT 'recharge' AS part, NULL AS a, NULL AS b, NULL AS kind, NULL AS c, NULL AS d, r.effective_at AS at,
        NULL AS ended_at, r.valid_until AS day, r.bytes, r.consumed_bytes
{line_of_account}
   JOIN recharge r ON r.line_id = l.id
  WHERE l.id = ? AND r.valid_until >= ?
  ORDER BY r.valid_until, r.effective_at
  LIMIT 1000)
UNION ALL
(SELECT 'card', d.serial, d.iccid, d.kind, d.size, NULL, d.from_at, d.to_at, NULL, NULL, NULL
{line_of_account}
   JOIN card d ON d.line_id = l.id
  WHERE l.id = ?
  ORDER BY d.from_at DESC, d.id DESC
  LIMIT 1000)
UNION ALL
(SELECT 'request', r.number, r.kind, i.result, i.code, NULL, r.received_at, i.finished_at, r.effective_on, NULL, NULL
{line_of_account}
   STRAIGHT_JOIN request_item i FORCE INDEX (request_item_line) ON i.line_id = l.id
   STRAIGHT_JOIN request r ON r.id = i.request_id
  WHERE l.id = ?
  ORDER BY i.open IS NULL, i.id DESC
  LIMIT ?)
UNION ALL
(SELECT 'event', e.from_text, e.to_text, e.kind, e.actor_kind, e.actor_name, e.at, NULL, NULL, NULL, NULL
{line_of_account}
   JOIN line_event e ON e.line_id = l.id
  WHERE l.id = ?
  ORDER BY e.id DESC
  LIMIT ?)

-- Plans and options stand in the history by their codes; what they are called now is shown.
-- name: line_event_names  rows: many  role: read  scope: catalogue
SELECT 'plan', p.code, IF(? = 'en', p.name_en, p.name_ja) FROM plan p
UNION ALL
SELECT 'option', o.codes, IF(? = 'en', o.name_en, o.name_ja) FROM option_set o

-- name: line_lock  rows: one  role: write  scope: customer
SELECT label, memo, version FROM line WHERE id = ? AND customer_id = ? FOR UPDATE

-- name: line_lock_protection  rows: one  role: write  scope: customer
SELECT state, is_protected FROM line WHERE id = ? AND customer_id = ? FOR UPDATE

-- name: line_set_protection  rows: none  role: write  scope: customer
UPDATE line SET is_protected = ? WHERE id = ? AND customer_id = ?

-- What is searched can be many times as long as what was typed; the label itself is kept whole.
-- name: line_set_note  rows: none  role: write  scope: customer
UPDATE line
   SET label = ?, label_search = LEFT(?, 300), memo = ?, version = version + 1
 WHERE id = ? AND customer_id = ? AND version = ?

-- name: line_event_add  rows: none  role: write  scope: journal
INSERT INTO line_event (line_id, customer_id, at, kind, from_text, to_text, actor_kind, actor_id, actor_name, item_id)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)

-- name: line_activation_code  rows: one  role: read  scope: customer
SELECT d.activation_code, l.phone, l.serial
  FROM line l
  JOIN card d ON d.serial = l.serial
 WHERE l.id = ? AND l.customer_id = ? AND d.activation_code IS NOT NULL
