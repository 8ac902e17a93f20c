-- Rows of imports that a job takes in: sealed under a key of the job's own, which stands sealed in its row.
CREATE TABLE job_part (job BYTEA NOT NULL, n BIGINT NOT NULL, body BYTEA NOT NULL, PRIMARY KEY (job, n));
