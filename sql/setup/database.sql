-- database.sql: the schema and its two users, run by the database's own administrator; run again it sets the
-- passwords anew and changes nothing else. Expects the variables
--   @user_password   of simportal, the application: reads and writes rows
--   @admin_password  of simportal_admin, the migrations: changes this schema's tables
--   @user_host       from where they come; localhost when it is not set
-- A password that is not set is an error before anything is made.

SET @simportal_host = COALESCE(@user_host, 'localhost');
SET @simportal_user = CONCAT('''simportal''@', QUOTE(@simportal_host));
SET @simportal_admin = CONCAT('''simportal_admin''@', QUOTE(@simportal_host));
SET @simportal_user_by = CONCAT(' IDENTIFIED BY ', QUOTE(NULLIF(@user_password, '')));
SET @simportal_admin_by = CONCAT(' IDENTIFIED BY ', QUOTE(NULLIF(@admin_password, '')));

SET @simportal_sql = CONCAT('CREATE USER IF NOT EXISTS ', @simportal_user, @simportal_user_by);
PREPARE simportal_statement FROM @simportal_sql;
SET @simportal_next = CONCAT('CREATE USER IF NOT EXISTS ', @simportal_admin, @simportal_admin_by);
PREPARE simportal_next FROM @simportal_next;
EXECUTE simportal_statement;
EXECUTE simportal_next;

CREATE DATABASE IF NOT EXISTS simportal CHARACTER SET utf8mb4 COLLATE utf8mb4_bin;

SET @simportal_sql = CONCAT('ALTER USER ', @simportal_user, @simportal_user_by);
PREPARE simportal_statement FROM @simportal_sql;
EXECUTE simportal_statement;
SET @simportal_sql = CONCAT('ALTER USER ', @simportal_admin, @simportal_admin_by);
PREPARE simportal_statement FROM @simportal_sql;
EXECUTE simportal_statement;

SET @simportal_sql = CONCAT('GRANT SELECT, INSERT, UPDATE, DELETE ON simportal.* TO ', @simportal_user);
PREPARE simportal_statement FROM @simportal_sql;
EXECUTE simportal_statement;
SET @simportal_sql = CONCAT('GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, DROP, INDEX, REFERENCES',
                            ' ON simportal.* TO ', @simportal_admin);
PREPARE simportal_statement FROM @simportal_sql;
EXECUTE simportal_statement;
DEALLOCATE PREPARE simportal_statement;
DEALLOCATE PREPARE simportal_next;
SET @user_password = NULL, @admin_password = NULL, @simportal_user_by = NULL, @simportal_admin_by = NULL,
    @simportal_sql = NULL, @simportal_next = NULL;
