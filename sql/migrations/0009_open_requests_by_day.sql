-- What is due next among all customers: for those who see so many that going from one to the other takes longer.
ALTER TABLE request ADD KEY request_open_day (open, effective_on, id, customer_id);
