-- Digest of the token that forms carried in the session before, of the same account in the same browser: such a form is
-- still its own.
ALTER TABLE session ADD COLUMN former_csrf BINARY(32) NULL;

-- What was typed into a form when the session had ended: one form a session, sealed, for an hour. It goes with its
-- session: at the logout, at a change of the password, when the account is disabled.
CREATE TABLE session_form (
  session_id BIGINT UNSIGNED NOT NULL,
  account_id BIGINT UNSIGNED NOT NULL,
  path VARCHAR(255) NOT NULL,
  sealed MEDIUMBLOB NOT NULL,
  kept_at DATETIME(6) NOT NULL,
  PRIMARY KEY (session_id),
  KEY session_form_account (account_id),
  KEY session_form_kept (kept_at),
  CONSTRAINT session_form_session FOREIGN KEY (session_id) REFERENCES session (id) ON DELETE CASCADE
) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;
