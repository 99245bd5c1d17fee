-- Which mails leave first: 0 what somebody waits for (of a login, with a password), 1 what only tells (of requests). Within a
-- rank it is the longest due.
ALTER TABLE mail
  ADD COLUMN send_rank TINYINT UNSIGNED NOT NULL DEFAULT 0,
  DROP KEY mail_waiting,
  ADD KEY mail_waiting (waiting, send_rank, due_at, id);
