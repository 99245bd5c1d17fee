-- What a file calls the customer or project that is not found: the fault tells it.

ALTER TABLE line_import
  ADD COLUMN unknown_customer VARCHAR(20) NULL,
  ADD COLUMN unknown_project VARCHAR(200) NULL;
