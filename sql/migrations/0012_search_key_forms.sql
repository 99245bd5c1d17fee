-- Which form the stored search keys of each table have (TEXT_SEARCH_KEY_FORM of the program that folded them), and how
-- far a change of form has come: `simportalctl migrate` folds the rows behind after_id anew.
CREATE TABLE search_key_form (
  keyed_table VARCHAR(20) NOT NULL,
  form INT UNSIGNED NOT NULL,
  after_id BIGINT UNSIGNED NOT NULL DEFAULT 0,
  PRIMARY KEY (keyed_table)
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

INSERT INTO search_key_form (keyed_table, form) VALUES ('account', 1), ('customer', 1), ('line', 1), ('share_group', 1);
