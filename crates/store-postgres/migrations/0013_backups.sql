-- Copies that were taken, and who asked for them: a few rows among very many.
CREATE INDEX event_backup ON event (seq) WHERE action = 107;
