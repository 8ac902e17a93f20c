-- Rows of imports that a job takes in: sealed under a key of the job's own, which stands sealed in its row.
CREATE TABLE job_part (job BLOB NOT NULL, n INTEGER NOT NULL, body BLOB NOT NULL, PRIMARY KEY (job, n)) STRICT;
