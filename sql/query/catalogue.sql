-- catalogue.sql: what the operator sells: services, plans with their prices, options.

-- name: service_add  rows: none  role: write  scope: operator
INSERT INTO service (code, name_ja, name_en) VALUES (?, ?, ?)

-- name: service_by_code  rows: one  role: read  scope: catalogue
SELECT id, code, name_ja, name_en FROM service WHERE code = ?

-- name: service_list  rows: many  role: read  scope: catalogue
SELECT id, code, name_ja, name_en FROM service ORDER BY id

-- name: plan_add  rows: none  role: write  scope: operator
INSERT INTO plan (code, service_id, name_ja, name_en, capacity_bytes, shareable, esim, valid_from)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)

-- name: plan_price_add  rows: none  role: write  scope: operator
INSERT INTO plan_price (plan_id, valid_from, yen) VALUES (?, ?, ?)

-- name: plan_by_code  rows: one  role: read  scope: catalogue
SELECT p.id, p.code, s.code, p.name_ja, p.name_en, p.capacity_bytes, p.shareable, p.esim, p.valid_from, p.valid_to,
       p.service_id,
       (SELECT x.yen FROM plan_price x WHERE x.plan_id = p.id AND x.valid_from <= ? ORDER BY x.valid_from DESC LIMIT 1)
  FROM plan p JOIN service s ON s.id = p.service_id
 WHERE p.code = ?

-- name: plan_list  rows: many  role: read  scope: catalogue
SELECT p.id, p.code, s.code, p.name_ja, p.name_en, p.capacity_bytes, p.shareable, p.esim, p.valid_from, p.valid_to,
       p.service_id,
       (SELECT x.yen FROM plan_price x WHERE x.plan_id = p.id AND x.valid_from <= ? ORDER BY x.valid_from DESC LIMIT 1)
  FROM plan p JOIN service s ON s.id = p.service_id
 ORDER BY s.id, p.id

-- Whatever adds or changes services, plans or sets of options runs this in the same transaction, so that no pool goes on
-- showing old names.
-- name: catalogue_changed  rows: none  role: write  scope: operator
UPDATE catalogue_edition SET edition = edition + 1

-- name: catalogue_names  rows: many  role: read  scope: catalogue
SELECT 'service' AS kind, s.id, s.name_ja, s.name_en, 0 FROM service s
UNION ALL
SELECT 'plan', p.id, p.name_ja, p.name_en, p.capacity_bytes FROM plan p
UNION ALL
SELECT 'options', o.id, o.name_ja, o.name_en, 0 FROM option_set o
ORDER BY kind DESC, id

-- name: option_kind_by_code  rows: one  role: read  scope: catalogue
SELECT id, name_ja, name_en FROM line_option_kind WHERE code = ?

-- name: option_set_by_codes  rows: one  role: read  scope: catalogue
SELECT id FROM option_set WHERE codes = ?

-- name: option_set_add  rows: none  role: write  scope: operator
INSERT INTO option_set (codes, name_ja, name_en) VALUES (?, ?, ?)
