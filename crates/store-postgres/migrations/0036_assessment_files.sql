-- Files that people put into the room of an assessment, sealed under the key of assessments. What each is stands in the assessment.
CREATE TABLE assessment_file (id BYTEA PRIMARY KEY, body BYTEA NOT NULL);
