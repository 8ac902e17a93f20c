-- Files that people put into the room of an assessment, sealed under the key of assessments. What each is stands in the assessment.
CREATE TABLE assessment_file (id BLOB PRIMARY KEY, body BLOB NOT NULL) STRICT;
