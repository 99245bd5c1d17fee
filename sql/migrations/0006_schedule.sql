-- What is scheduled, by day: of open requests alone, so that those long done cost nothing; and a SIM's protection
-- against being terminated as an event of its own.

ALTER TABLE request
  ADD COLUMN open TINYINT GENERATED ALWAYS AS (IF(status IN ('pending', 'processing'), 1, NULL)) VIRTUAL,
  ADD KEY request_open (customer_id, open, effective_on, id);

-- MariaDB and MySQL before 8.0.19 have no common word for it.
ALTER TABLE line_event
  /*M! DROP CONSTRAINT line_event_kind, */
  /*!80016 DROP CHECK line_event_kind, */
  ADD CONSTRAINT line_event_kind CHECK (kind IN ('created', 'state', 'plan', 'project', 'card', 'option', 'label', 'memo', 'group', 'protection'));
