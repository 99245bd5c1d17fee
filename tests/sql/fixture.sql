-- fixture.sql: the customers, and what is sold to them, that the tests of this folder count on; tests/sql/run loads it after
-- the migrations. 901 and 902 are those of test_kinds, 911 to 913 those of test_lists, whose account sees two of them.

INSERT INTO customer (id, code, name, name_search, created_at) VALUES
  (901, 'TK0000-00901', 'One', 'one', NOW()), (902, 'TK0000-00902', 'Two', 'two', NOW()),
  (911, 'TL0000-00911', 'One', 'one', NOW()), (912, 'TL0000-00912', 'Two', 'two', NOW()),
  (913, 'TL0000-00913', 'Three', 'three', NOW());
INSERT INTO customer_count (customer_id) SELECT id FROM customer WHERE id > 900;
INSERT INTO project (id, customer_id, name, created_at) SELECT id, id, 'P', NOW() FROM customer WHERE id > 900;
INSERT INTO service (id, code, name_ja, name_en) VALUES (901, 'kinds', 'S', 'S'), (911, 'lists', 'S', 'S');
INSERT INTO plan (id, code, service_id, name_ja, name_en, capacity_bytes, shareable, esim, valid_from) VALUES
  (901, 'kinds', 901, 'P', 'P', 500000000, 0, 0, '2014-04-01'), (911, 'l1', 911, 'P', 'P', 500000000, 0, 0, '2014-04-01'),
  (912, 'l2', 911, 'Q', 'Q', 1000000000, 0, 0, '2014-04-01');
INSERT INTO account (id, login_id, login_key, name, language, home_customer_id, customers, password_hash, password_own,
                     password_set_at, created_at)
VALUES (911, 'lists', 'lists', 'L', 'ja', 911, 2, '', 1, NOW(), NOW());
INSERT INTO account_customer (account_id, customer_id, role) VALUES (911, 911, 'viewer'), (911, 913, 'viewer');
