-- Which lines of a draft are refused is found by walking through the draft: an index of them made every upload, dry run
-- and removal dearer than the lists that it served.
ALTER TABLE draft_line DROP KEY draft_line_refusal;

-- A part of a number is looked for among all of a customer's.
ALTER TABLE request ADD KEY request_customer_number (customer_id, number);
